import { expect, test } from 'vitest';
import { finders } from '../format/geometry.ts';
import type { Raster } from '../raster.ts';
import { blur } from './blur.ts';
import { brightnessAt, OUTSIDE } from './brightness.ts';
import { darkerThanAround } from './darker-than-around.ts';
import { evenOut } from './even-out.ts';
import { homographyOf, project, stepsAt, walk } from './homography.ts';
import { pyramidOf, shrinkTo } from './shrink.ts';

const picture = (width: number, height: number, light: (x: number, y: number) => number): Raster => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height }, (_, at) => light(at % width, Math.floor(at / width))),
});
const mean = ({ data }: Raster) => data.reduce((sum, light) => sum + light, 0) / data.length;
const slope = picture(304, 204, (x, y) => (x + y) / 2);

test('smaller and blurred pictures are as bright as the first, wherever one looks', () => {
  for (const other of [shrinkTo(slope, 100), pyramidOf(slope).level(2), blur(slope, [1, 2])])
    expect(mean(other)).toBeCloseTo(mean(slope), 0);
  const small = pyramidOf(slope).withLongSide(120);
  expect([small.width, small.height]).toEqual([120, 81]);
  expect(brightnessAt(small, 60, 40)).toBeCloseTo(brightnessAt(slope, 60 * (304 / 120), 40 * (304 / 120)), -0.5);
  expect(
    [
      ...blur(
        picture(9, 5, () => 77),
        [2, 2],
      ).data,
    ].every((light) => light === 77),
  ).toBe(true);
});

test('beyond the edge, and at what is no number, nothing is seen', () => {
  for (const [x, y] of [
    [-1, 5],
    [5, 204],
    [304, 1],
    [Number.NaN, 5],
    [5, Number.POSITIVE_INFINITY],
  ] as const)
    expect(brightnessAt(slope, x, y)).toBe(OUTSIDE);
  expect(brightnessAt(slope, 10.5, 20.5)).toBe(15);
});

test('dark is what is darker than its surroundings, in light and in shade', () => {
  const lit = picture(100, 60, (x, y) => (x % 20 === 10 && y === 30 ? 0.5 : 1) * (250 - 2 * x));
  const dark = darkerThanAround(lit, 8, 0.75);
  expect([...dark.keys()].filter((at) => dark[at])).toEqual([10, 30, 50, 70, 90].map((x) => 30 * 100 + x));
});

test('evened out, a picture has neither light nor contrast of its own', () => {
  const cells = (light: number, contrast: number) =>
    evenOut(
      Float32Array.from({ length: 90 * 90 }, (_, at) => light + contrast * ((at * 7919) % 13 < 6 ? -1 : 1)),
      90,
    );
  const [one, other] = [cells(200, 40), cells(90, 10)];
  expect(Math.max(...one.map((value, at) => Math.abs(value - (other[at] as number))))).toBeLessThan(1e-3);
});

test('four points fix the way from the sheet to the photo; a step there is a step here', () => {
  const seen = [
    { x: 100, y: 90 },
    { x: 900, y: 140 },
    { x: 60, y: 1200 },
    { x: 980, y: 1150 },
  ];
  const homography = homographyOf(finders, seen);
  for (const [k, { x, y }] of finders.entries()) {
    const place = project(homography, x, y);
    expect([place.x, place.y]).toEqual([expect.closeTo(seen[k]?.x ?? 0, 6), expect.closeTo(seen[k]?.y ?? 0, 6)]);
  }
  const there = walk(project(homography, 300, 400), stepsAt(homography, 300, 400), 2, 3);
  const expected = project(homography, 302, 403);
  expect(Math.hypot(there.x - expected.x, there.y - expected.y)).toBeLessThan(0.05);
});
