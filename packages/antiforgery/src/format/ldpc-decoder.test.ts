import { expect, test } from 'vitest';
import { headerCode, mainCode } from './ldpc-code.ts';
import { decodeBlock } from './ldpc-decoder.ts';
import { decodeBlock as slowly } from './twin/ldpc-decode.ts';
import { encodeBlock } from './twin/ldpc-encode.ts';
import { xorshift32 } from './xorshift.ts';

const next = xorshift32(1_122);
const chance = () => next() / 2 ** 32;
const gauss = () => Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());

/** A block through a channel with this much noise: soft bits and the information that went in. */
function received(code: typeof mainCode, sigma: number) {
  const info = Uint8Array.from({ length: code.infoBits }, () => next() & 1);
  const soft = Float32Array.from(encodeBlock(code, info), (bit) => (2 * (1 - 2 * bit + sigma * gauss())) / sigma ** 2);
  return { info, soft };
}

const bitsOf = (word: Uint8Array, count: number) =>
  Uint8Array.from({ length: count }, (_, i) => ((word[i >> 3] as number) >> (7 - (i & 7))) & 1);

test('a block comes back whole with one bit in nine received wrong', () => {
  for (let i = 0; i < 4; i++) {
    const { info, soft } = received(mainCode, 0.82);
    const { rounds, word } = decodeBlock(mainCode, soft, 40);
    expect(rounds).toBeGreaterThan(0);
    expect(Buffer.from(bitsOf(word, info.length)).equals(info)).toBe(true);
  }
});

test.each([
  { code: headerCode, name: 'header', sigma: 0.5 },
  { code: headerCode, name: 'header beyond help', sigma: 1.4 },
  { code: mainCode, name: 'main', sigma: 0.75 },
])('decodes as the twin does: $name', ({ code, sigma }) => {
  const { soft } = received(code, sigma);
  expect(decodeBlock(code, soft, 2)).toEqual(slowly(code, soft, 2));
});

test.each([
  ['not a number', () => Number.NaN],
  ['endless', () => (next() & 1 ? Infinity : -Infinity)],
  ['certain and contradictory', () => (next() & 1 ? 1e30 : -1e30)],
  ['nearly nothing', () => (chance() - 0.5) / 1000],
])('ends, and as the twin does, when the soft bits are %s', (_, value) => {
  const soft = Float32Array.from({ length: headerCode.codedBits }, value);
  expect(decodeBlock(headerCode, soft, 5)).toEqual(slowly(headerCode, soft, 5));
});

test('gives up after the rounds allowed', () => {
  const { soft } = received(mainCode, 3);
  expect(decodeBlock(mainCode, soft, 40).rounds).toBe(0);
});
