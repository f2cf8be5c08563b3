/** Where pieces of the sealed picture are found in the straightened photo: one small displacement a piece, with how alike they are. */
import { patternOf, searchIn } from './pixel-loops.ts';
import type { Plane } from './plane.ts';

export interface Shift {
  /** Middle of the piece, sealed pixels. */
  readonly x: number;
  readonly y: number;
  /** Normalised correlation where it was found, up to 1. */
  readonly likeness: number;
  /** Two ways, or one: a straight line fits as well a little farther along itself, and says nothing of that way. */
  readonly ways: readonly Way[];
}

export interface Way {
  /** A direction, of length 1. */
  readonly x: number;
  readonly y: number;
  /** Sealed pixels from the piece's own place to where it was found, that way. */
  readonly by: number;
  /** How fast the likeness falls that way. */
  readonly steep: number;
}

export interface ShiftSearch {
  /** Sealed pixels along one pixel of the planes. */
  readonly perPixel: number;
  /** Side of a piece, and from one to the next; pixels of the planes. */
  readonly side: number;
  readonly stride: number;
  /** Farthest displacement searched, pixels of the planes. */
  readonly reach: number;
  /** Pieces with less ink than this (mean darkness) tell nothing. */
  readonly inkMin: number;
}

/** Second derivative of the likeness that shows a summit rather than the back of a ridge. */
const STEEP_MIN = 0.015;
/** Mean square of what stands out of a piece. */
const ENERGY_MIN = 1e-3;

export function findShifts(
  sealed: Plane,
  photo: Plane,
  { side, stride, reach, perPixel, inkMin }: ShiftSearch,
): Shift[] {
  const search = searchIn(photo);
  const across = 2 * reach + 1;
  const shifts: Shift[] = [];
  for (let top = 0; top + side <= sealed.height; top += stride)
    for (let left = 0; left + side <= sealed.width; left += stride) {
      const pattern = patternOf(sealed, left, top, side, side, inkMin);
      if (!pattern || pattern.energy < ENERGY_MIN * side ** 2) continue;
      const scores = search(pattern, { left: left - reach, top: top - reach, stride: 1, across, down: across });
      const [x, y] = [(left + side / 2) * perPixel, (top + side / 2) * perPixel];
      const { likeness, ways } = summitOf(scores, across);
      if (ways.length > 0)
        shifts.push({ x, y, likeness, ways: ways.map((way) => ({ ...way, by: way.by * perPixel })) });
    }
  return shifts;
}

/** Where the likeness is greatest, from the middle of the scores; no way when that lies at the edge of the search. */
function summitOf(scores: Float32Array, across: number): { likeness: number; ways: Way[] } {
  let best = across + 1;
  for (let b = 1; b < across - 1; b++)
    for (let a = 1; a < across - 1; a++)
      if ((scores[b * across + a] as number) > (scores[best] as number)) best = b * across + a;
  const at = (a: number, b: number) => scores[best + b * across + a] as number;
  const likeness = at(0, 0);
  const [xx, yy] = [2 * likeness - at(-1, 0) - at(1, 0), 2 * likeness - at(0, -1) - at(0, 1)];
  const xy = (at(1, -1) + at(-1, 1) - at(1, 1) - at(-1, -1)) / 4;
  const slope = { x: (at(1, 0) - at(-1, 0)) / 2, y: (at(0, 1) - at(0, -1)) / 2 };
  const [a, b] = [(best % across) - (across >> 1), Math.floor(best / across) - (across >> 1)];
  const ways = axesOf(xx, xy, yy).flatMap(({ x, y, steep }) => {
    const beyond = (slope.x * x + slope.y * y) / steep;
    return steep < STEEP_MIN ? [] : [{ x, y, steep, by: a * x + b * y + beyond, beyond }];
  });
  return { likeness, ways: ways.some(({ beyond }) => Math.abs(beyond) > 1) ? [] : ways };
}

/** The directions in which it falls most and least. */
function axesOf(xx: number, xy: number, yy: number) {
  const [middle, half] = [(xx + yy) / 2, Math.hypot((xx - yy) / 2, xy)];
  const angle = Math.atan2(2 * xy, xx - yy) / 2;
  const [x, y] = [Math.cos(angle), Math.sin(angle)];
  return [
    { x, y, steep: middle + half },
    { x: -y, y: x, steep: middle - half },
  ];
}
