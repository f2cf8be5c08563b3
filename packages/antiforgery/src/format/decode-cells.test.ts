import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { buildCells } from './cells.ts';
import { decodeHeader, decodeMain, knownCells } from './decode-cells.ts';
import { ciphertextBytesMax } from './framing.ts';
import { cellCount, cellsWide, dataCells, headerCells } from './geometry.ts';
import { addSoftBits, softBitsOf } from './soft-bits.ts';
import { xorshift32 } from './xorshift.ts';

const next = xorshift32(99);
const chance = () => next() / 2 ** 32;
const gauss = () => Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());

const header = Uint8Array.from({ length: 144 }, () => next() & 255);
header.set([0x43, 0x53, 1]);
header.set(createHash('sha256').update(header.subarray(0, 140)).digest().subarray(0, 4), 140);
const ciphertext = Uint8Array.from({ length: 25_000 }, () => next() & 255);
const cells = buildCells(header, ciphertext);
const isBlack = (cell: number) => (((cells[cell >> 3] as number) >> (7 - (cell & 7))) & 1) === 1;
const same = (a: Uint8Array | undefined, b: Uint8Array) => a !== undefined && Buffer.from(a).equals(b);

/** The cells as a reader sees them through this much noise; outside of `readable` it sees nothing. */
function seen(sigma: number, readable: (x: number) => boolean = () => true) {
  const soft = new Float32Array(cellCount);
  for (let cell = 0; cell < cellCount; cell++)
    if (readable(cell % cellsWide)) soft[cell] = (2 * ((isBlack(cell) ? -1 : 1) + sigma * gauss())) / sigma ** 2;
  return softBitsOf(soft);
}

describe('reads header and ciphertext to the byte', () => {
  test.each([
    ['with one cell in ten seen wrong', seen(0.78)],
    ['with a third of the sheet hidden', seen(0.5, (x) => x < 470)],
  ])('%s', (_, soft) => {
    expect(decodeHeader(soft)?.header).toEqual(header);
    expect(same(decodeMain(soft, ciphertext.length)?.ciphertext, ciphertext)).toBe(true);
  });

  test('from two photos neither of which is enough', () => {
    const [left, right] = [seen(0.6, (x) => x < 240), seen(0.6, (x) => x > 220 && x < 480)] as const;
    for (const one of [left, right]) expect(decodeMain(one, ciphertext.length)?.ciphertext).toBeUndefined();
    expect(same(decodeMain(addSoftBits([left, right]), ciphertext.length)?.ciphertext, ciphertext)).toBe(true);
  });
});

test('blocks that were decoded before are kept, and say of their cells what was printed', () => {
  const soft = seen(0.6);
  const decodedHeader = decodeHeader(soft);
  const main = decodeMain(soft, ciphertext.length);
  if (!decodedHeader || !main) throw new Error('not decoded');
  const cellsKnown = knownCells(decodedHeader, main);
  expect(cellsKnown.every((known, cell) => known === -1 || known === Number(isBlack(cell)))).toBe(true);
  expect(cellsKnown.filter((known) => known >= 0)).toHaveLength(dataCells);
  expect(knownCells(decodedHeader).filter((known) => known >= 0)).toHaveLength(headerCells);

  const half = { ...main, words: main.words.map((word, block) => (block < 12 ? word : undefined)) };
  expect(knownCells(decodedHeader, half).filter((known) => known >= 0).length).toBeLessThan(dataCells);
  expect(same(decodeMain(soft, ciphertext.length, half)?.ciphertext, ciphertext)).toBe(true);
});

describe('ends with nothing', () => {
  test.each([
    ['noise', Float32Array.from({ length: dataCells }, () => gauss() * 3)],
    ['no light', new Float32Array(dataCells)],
    ['what is not a number', new Float32Array(dataCells).fill(Number.NaN)],
    ['certainty about everything', new Float32Array(dataCells).fill(-Infinity)],
  ])('for %s', (_, soft) => {
    expect(decodeHeader(soft)).toBeUndefined();
    const { ciphertext = new Uint8Array(30_000) } = decodeMain(soft, 30_000) ?? {};
    expect(ciphertext.every((byte) => byte === 0 || byte === 255)).toBe(true);
  });

  test('for lengths that no sheet has', () => {
    const soft = new Float32Array(dataCells);
    for (const length of [-1, 0, ciphertextBytesMax + 1, Number.NaN, 16_777_215])
      expect(decodeMain(soft, length)).toBeUndefined();
  });

  test('when three blocks in a row are lost, soon', () => {
    const soft = Float32Array.from({ length: dataCells }, () => gauss());
    expect(decodeMain(soft, 30_000)?.words).toHaveLength(3);
  });
});
