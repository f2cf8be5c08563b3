import { expect, test } from 'vitest';
import { buildCells } from './cells.ts';
import { ciphertextBytesMax, framingOf } from './framing.ts';
import { cellCount, cellsWide, finderCells, mainCells } from './geometry.ts';
import { cellType, layout } from './layout.ts';
import { headerCode, mainCode } from './ldpc-code.ts';
import { buildCells as slowly } from './twin/build-cells.ts';
import { encodeBlock, isCodeword } from './twin/ldpc-encode.ts';
import { xorshift32 } from './xorshift.ts';

const next = xorshift32(20_261_122);
const random = (bytes: number) => Uint8Array.from({ length: bytes }, () => next() & 255);

test.each([1, 1536, 1537, ciphertextBytesMax])('cells of %i bytes are those of the twin', (bytes) => {
  const [header, ciphertext] = [random(144), random(bytes)];
  expect(Buffer.from(buildCells(header, ciphertext)).equals(slowly(header, ciphertext))).toBe(true);
});

test('nothing of one sheet is left in the next', () => {
  const [header, ciphertext] = [random(144), random(3_000)];
  const first = buildCells(header, ciphertext);
  buildCells(random(144), random(ciphertextBytesMax));
  expect(Buffer.from(buildCells(header, ciphertext)).equals(first)).toBe(true);
});

test('marks and pilots stand where they belong, and the corners are white for the finders', () => {
  const cells = buildCells(random(144), random(20_000));
  const { type, val } = layout();
  const wrong: number[] = [];
  for (let cell = 0; cell < cellCount; cell++) {
    const black = ((cells[cell >> 3] as number) >> (7 - (cell & 7))) & 1;
    if (type[cell] !== cellType.data && black !== val[cell]) wrong.push(cell);
  }
  expect(wrong).toEqual([]);
  expect(cells.subarray(0, finderCells / 8)).toEqual(new Uint8Array(finderCells / 8));
  expect(cells.subarray((cellsWide - finderCells) / 8, cellsWide / 8)).toEqual(new Uint8Array(finderCells / 8));
});

test('half the cells are black, whatever the ciphertext', () => {
  const cells = buildCells(new Uint8Array(144), new Uint8Array(30_000));
  const black = cells.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);
  expect(black / cellCount).toBeGreaterThan(0.46);
  expect(black / cellCount).toBeLessThan(0.5);
});

test.each([headerCode, mainCode])('what is coded adds up in every check, z = $z', (code) => {
  const info = Uint8Array.from({ length: code.infoBits }, () => next() & 1);
  const word = encodeBlock(code, info);
  expect(isCodeword(code, word)).toBe(true);
  word[code.z * 13] = 1 - (word[code.z * 13] as number);
  expect(isCodeword(code, word)).toBe(false);
});

test('no two checks of a code share two bits, nor three checks three: no cycle is shorter than eight', () => {
  for (const { z, rows } of [headerCode, mainCode]) {
    const shiftOf = rows.map((edges) => new Map(edges.map(({ column, shift }) => [column, shift])));
    const steps = (a: number, b: number) =>
      [...(shiftOf[a] ?? [])].flatMap(([column, shift]) => {
        const other = shiftOf[b]?.get(column);
        return a === b || other === undefined ? [] : [{ column, by: shift - other }];
      });
    for (let a = 0; a < rows.length; a++)
      for (let b = 0; b < rows.length; b++)
        for (const first of steps(a, b))
          for (let c = 0; c < rows.length; c++)
            for (const second of steps(b, c)) {
              if (second.column === first.column) continue;
              if (c === a) expect((first.by + second.by) % z, `${z}: rows ${a}, ${b}`).not.toBe(0);
              else
                for (const third of steps(c, a))
                  if (third.column !== second.column && third.column !== first.column)
                    if ((first.by + second.by + third.by) % z === 0) expect.unreachable(`${z}: rows ${a}, ${b}, ${c}`);
            }
  }
});

test('every bit of every block is printed, save the last few parity bits of the fullest sheet', () => {
  for (const bytes of [1, 100, 1536, 1537, 12_288, 34_000, ciphertextBytesMax]) {
    const { blocks, bytesPerBlock, period } = framingOf(bytes);
    expect(blocks * bytesPerBlock).toBeGreaterThanOrEqual(bytes);
    expect(bytesPerBlock * 8).toBeLessThanOrEqual(mainCode.infoBits);
    expect(period).toBeLessThan(mainCells * 1.02);
  }
});
