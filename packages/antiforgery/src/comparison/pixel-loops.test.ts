/** The compiled loops do what their twins say; sums of 32-bit numbers differ in the last digits. */
import { expect, test } from 'vitest';
import { xorshift32 } from '../format/xorshift.ts';
import { layStraight, patternOf, searchIn, smooth } from './pixel-loops.ts';
import { emptyPlane } from './plane.ts';
import { layStraight as laidSlowly } from './twin/lay-straight.ts';
import { likenesses } from './twin/likenesses.ts';
import { smooth as smoothSlowly } from './twin/smooth.ts';

const next = xorshift32(20251122);
const chance = () => next() / 2 ** 32;
const noise = (width: number, height: number) => {
  const plane = emptyPlane(width, height);
  for (let at = 0; at < plane.values.length; at++) plane.values[at] = chance();
  return plane;
};

function expectAlike(seen: Float32Array, said: Float32Array): void {
  expect(seen.length).toBe(said.length);
  const far = seen.reduce((most, value, at) => Math.max(most, Math.abs(value - (said[at] as number))), 0);
  expect(far).toBeLessThan(1e-5);
}

test.each([
  [37, 29, 1.2],
  [8, 40, 3],
  [5, 3, 2],
])('smooths %d × %d pixels', (width, height, sigma) => {
  const plane = noise(width, height);
  expectAlike(smooth(plane, sigma).values, smoothSlowly(plane, sigma).values);
});

test('lays a photo straight', () => {
  const picture = { width: 60, height: 50, data: Uint8Array.from({ length: 3000 }, () => chance() * 256) };
  const values = Float64Array.from([
    ...[4.5, -3, 0.005, 40, 5, 0.006, 90, 2, 0.004],
    ...[1, 44, 0.005, 50.5, 46, 0.005, 88, 60, 0.0045],
    ...[6, 95, 0.004, 45, 99, 0.006, 120, 130, 0.005],
  ]);
  const nodes = { step: 16, columns: 3, rows: 3, values };
  const laying = { picture, scale: 2, nodes, width: 27, height: 31, perPixel: 1.2 };
  expectAlike(layStraight(laying).values, laidSlowly(laying).values);
});

test('finds how alike a pattern is to each place, also over the edge and on bare paper', () => {
  const plane = noise(40, 30);
  for (let y = 0; y < 12; y++) plane.values.fill(0.25, y * 40, y * 40 + 14);
  const pattern = patternOf(noise(20, 20), 3, 2, 11, 7);
  if (!pattern) throw new Error('noise has a mean');
  const places = { left: -2, top: -1, stride: 2, across: 17, down: 13 };
  expectAlike(searchIn(plane)(pattern, places), likenesses(plane, pattern, places));
});
