/** Where pieces of the sealed picture are found in the straightened photo: one small displacement a piece, with how alike they are. */
import type { Plane } from './plane.ts';

export interface Shift {
  /** Middle of the piece, sealed pixels. */
  readonly x: number;
  readonly y: number;
  /** Sealed pixels from there to where it was found. */
  readonly dx: number;
  readonly dy: number;
  /** Normalised correlation, up to 1. */
  readonly likeness: number;
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

/** By how much the best place has to stand out of those two pixels away. */
const PEAK_MIN = 0.03;

export function findShifts(sealed: Plane, photo: Plane, search: ShiftSearch): Shift[] {
  const { side, stride, perPixel } = search;
  const shifts: Shift[] = [];
  for (let top = 0; top + side <= sealed.height; top += stride)
    for (let left = 0; left + side <= sealed.width; left += stride) {
      const shift = shiftOf(sealed, photo, left, top, search);
      if (shift) shifts.push({ ...shift, x: (left + side / 2) * perPixel, y: (top + side / 2) * perPixel });
    }
  return shifts;
}

function shiftOf(
  sealed: Plane,
  photo: Plane,
  left: number,
  top: number,
  { side, reach, inkMin, perPixel }: ShiftSearch,
) {
  const pattern = new Float32Array(side * side);
  let sum = 0;
  for (let j = 0, k = 0; j < side; j++)
    for (let i = 0; i < side; i++, k++) {
      const value = sealed.values[(top + j) * sealed.width + left + i] as number;
      pattern[k] = value;
      sum += value;
    }
  const mean = sum / pattern.length;
  if (mean < inkMin) return undefined;
  let energy = 0;
  for (let k = 0; k < pattern.length; k++) {
    const around = (pattern[k] as number) - mean;
    pattern[k] = around;
    energy += around * around;
  }
  if (energy < 1e-3 * pattern.length) return undefined;
  const across = 2 * reach + 1;
  const scores = new Float64Array(across * across).fill(-1);
  let best = 0;
  for (let b = -reach, s = 0; b <= reach; b++)
    for (let a = -reach; a <= reach; a++, s++) {
      scores[s] = likenessAt(photo, left + a, top + b, side, pattern, energy);
      if ((scores[s] as number) > (scores[best] as number)) best = s;
    }
  const [a, b] = [best % across, Math.floor(best / across)];
  // A maximum at the edge is none.
  if (a === 0 || b === 0 || a === across - 1 || b === across - 1) return undefined;
  // A straight line fits as well a little farther along itself: such a piece says nothing.
  const scoreAt = (i: number, j: number) =>
    scores[Math.min(across - 1, Math.max(0, j)) * across + Math.min(across - 1, Math.max(0, i))] as number;
  const peak = scores[best] as number;
  if (Math.max(scoreAt(a - 2, b), scoreAt(a + 2, b)) > peak - PEAK_MIN) return undefined;
  if (Math.max(scoreAt(a, b - 2), scoreAt(a, b + 2)) > peak - PEAK_MIN) return undefined;
  const top3 = [scores[best - across], scores[best], scores[best + across]] as [number, number, number];
  const row3 = [scores[best - 1], scores[best], scores[best + 1]] as [number, number, number];
  return {
    dx: (a - reach + peakOf(row3)) * perPixel,
    dy: (b - reach + peakOf(top3)) * perPixel,
    likeness: scores[best] as number,
  };
}

function likenessAt(photo: Plane, left: number, top: number, side: number, pattern: Float32Array, energy: number) {
  if (left < 0 || top < 0 || left + side > photo.width || top + side > photo.height) return -1;
  let sum = 0;
  let squares = 0;
  let product = 0;
  for (let j = 0, k = 0; j < side; j++) {
    const row = (top + j) * photo.width + left;
    for (let i = 0; i < side; i++, k++) {
      const value = photo.values[row + i] as number;
      sum += value;
      squares += value * value;
      product += value * (pattern[k] as number);
    }
  }
  const spread = squares - (sum * sum) / pattern.length;
  return spread <= 1e-6 ? -1 : product / Math.sqrt(spread * energy);
}

/** Of the parabola through three neighbours, from the middle one. */
function peakOf([before, at, after]: readonly [number, number, number]): number {
  const curve = before - 2 * at + after;
  return curve >= 0 ? 0 : Math.max(-0.5, Math.min(0.5, (before - after) / (2 * curve)));
}
