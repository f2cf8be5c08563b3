/**
 * The way from the plane of the matrix, counted in cells, to the photo, counted in pixels, as a camera without lens errors sees a flat
 * sheet. Nine numbers row by row, the last is 1. A pixel (i, j) covers the square from (i, j) to (i + 1, j + 1).
 */
import type { Point } from '../format/geometry.ts';
import { solveLinear } from './solve-linear.ts';

export type Homography = Float64Array;

/** Where one step of one cell leads in the photo: to the right, and downwards. */
export interface Steps {
  readonly rightX: number;
  readonly rightY: number;
  readonly downX: number;
  readonly downY: number;
}

/** Exactly through four pairs of points. */
export function homographyOf(from: readonly Point[], to: readonly Point[]): Homography {
  const rows = from.slice(0, 4).flatMap(({ x, y }, i) => {
    const { x: u, y: v } = to[i] as Point;
    return [Float64Array.of(x, y, 1, 0, 0, 0, -u * x, -u * y, u), Float64Array.of(0, 0, 0, x, y, 1, -v * x, -v * y, v)];
  });
  return Float64Array.of(...solveLinear(rows), 1);
}

export function project(h: Homography, x: number, y: number): Point {
  // By index, not taken apart: this is asked for every pixel.
  const depth = (h[6] as number) * x + (h[7] as number) * y + (h[8] as number);
  return {
    x: ((h[0] as number) * x + (h[1] as number) * y + (h[2] as number)) / depth,
    y: ((h[3] as number) * x + (h[4] as number) * y + (h[5] as number)) / depth,
  };
}

const STEP = 4;

export function stepsAt(h: Homography, x: number, y: number): Steps {
  const here = project(h, x, y);
  const right = project(h, x + STEP, y);
  const down = project(h, x, y + STEP);
  return {
    rightX: (right.x - here.x) / STEP,
    rightY: (right.y - here.y) / STEP,
    downX: (down.x - here.x) / STEP,
    downY: (down.y - here.y) / STEP,
  };
}

/** Pixels per cell, of the two directions together. */
export const pitchOf = ({ rightX, rightY, downX, downY }: Steps): number =>
  (Math.hypot(rightX, rightY) + Math.hypot(downX, downY)) / 2;

/** The point so many cells away. */
export const walk = (from: Point, { rightX, rightY, downX, downY }: Steps, right: number, down: number): Point => ({
  x: from.x + rightX * right + downX * down,
  y: from.y + rightY * right + downY * down,
});
