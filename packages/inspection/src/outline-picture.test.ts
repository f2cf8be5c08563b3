import { expect, test } from 'vitest';
import type { Outline } from './expectation.ts';
import { drawOutline } from './outline-picture.ts';

const square = (from: number, to: number) => [from, from, to, from, to, to, from, to];
const reversed = (points: readonly number[]) =>
  Array.from({ length: points.length / 2 }, (_, i) =>
    points.slice(points.length - 2 * i - 2, points.length - 2 * i),
  ).flat();
const outline = (...contours: number[][]): Outline => ({
  ...{ left: 0, bottom: 0, right: 1, top: 1 },
  contours: () => contours,
  lookalikes: () => [],
});

test('a whole em covers its pixels, up from the pen', () => {
  const { left, top, width, height, cover } = drawOutline(outline(square(0, 1)), 4);
  expect({ left, top, width, height }).toEqual({ left: 0, top: -4, width: 4, height: 4 });
  expect([...cover]).toEqual(Array(16).fill(1));
});

test('a pixel is as dark as it is covered', () => {
  const { cover } = drawOutline(outline([0, 0, 0.5, 0, 0.5, 1, 0, 1]), 3);
  expect([...cover.subarray(0, 3)]).toEqual([1, 0.5, 0]);
});

test('a contour that turns the other way is a hole; one over another is not darker', () => {
  expect(drawOutline(outline(square(0, 1), reversed(square(0.25, 0.75))), 8).mass).toBeCloseTo(48, 5);
  expect(drawOutline(outline(square(0, 1), square(0.25, 0.75)), 8).mass).toBeCloseTo(64, 5);
});

test('a slope is half of its box', () => {
  expect(drawOutline(outline([0, 0, 1, 0, 1, 1]), 16).mass).toBeCloseTo(128, 0);
});
