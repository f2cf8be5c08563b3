/**
 * Guesses of where the matrix lies in the photo. Each bullseye looks the same and much in the world is round, so many guesses are made;
 * the pilots then say which is right, and which way up.
 */
import { cellsHigh, cellsWide, finderCells, finders, finderUnit, type Point } from '../format/geometry.ts';
import type { Finder } from './locate-finders.ts';

/** Where a corner’s bullseye is, or where it must be when it was not found. */
export interface Corner extends Point {
  readonly unit: number;
  readonly found: boolean;
}

export interface Guess {
  /** Upper left, upper right, lower left, lower right of the matrix. */
  readonly corners: readonly [Corner, Corner, Corner, Corner];
  /** The smaller, the more it looks like a sheet of paper. */
  readonly cost: number;
}

export type Corners = Guess['corners'];

/** Distances of finders in units. */
const WIDE = (cellsWide - finderCells) / finderUnit;
const HIGH = (cellsHigh - finderCells) / finderUnit;
const MOST_FULL = 20;
const MOST_WITHOUT_ONE = 8;
const MOST_PAIRS = 24;

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);
const found = ({ x, y, unit }: Finder): Corner => ({ x, y, unit, found: true });

/** With all four corners, with three, with two; the likeliest first. */
export function guessesFrom(seen: readonly Finder[]): Guess[] {
  const corners = seen.map(found);
  const { full, withoutOne } = guessFromAngles(corners);
  const better = cheapest([...cheapest(full, MOST_FULL), ...cheapest(withoutOne, MOST_WITHOUT_ONE)], Infinity);
  return [...better, ...cheapest(guessFromPairs(corners), MOST_PAIRS)];
}

function cheapest(guesses: Guess[], most: number): Guess[] {
  const taken: Guess[] = [];
  for (const guess of guesses.sort((a, b) => a.cost - b.cost)) {
    if (taken.length === most) break;
    // The same four corners are found from each of them.
    if (!taken.some(({ corners }) => corners.every((corner, k) => corner === guess.corners[k]))) taken.push(guess);
  }
  return taken;
}

export const cornersFound = ({ corners }: Guess): number => corners.filter((corner) => corner.found).length;

const RATIO_MIN = 0.7;
const RATIO_MAX = 1.4;
const COSINE_MAX = 0.35;
const likely = (ratio: number) => ratio > RATIO_MIN && ratio < RATIO_MAX;

/** One corner, its neighbour along the short side, its neighbour along the long side: nearly a right angle. */
function guessFromAngles(corners: readonly Corner[]): { full: Guess[]; withoutOne: Guess[] } {
  const full: Guess[] = [];
  const withoutOne: Guess[] = [];
  for (const p of corners)
    for (const a of corners) {
      const wide = distance(p, a) / ((p.unit + a.unit) / 2) / WIDE;
      if (a === p || !likely(wide)) continue;
      for (const b of corners) {
        const high = distance(p, b) / ((p.unit + b.unit) / 2) / HIGH;
        const cosine = ((a.x - p.x) * (b.x - p.x) + (a.y - p.y) * (b.y - p.y)) / (distance(p, a) * distance(p, b));
        if (b === p || b === a || !likely(high) || Math.abs(cosine) > COSINE_MAX) continue;
        const cost = Math.abs(Math.log(wide)) + Math.abs(Math.log(high)) + Math.abs(cosine);
        const turnsRight = (a.x - p.x) * (b.y - p.y) > (a.y - p.y) * (b.x - p.x);
        const missing = { x: a.x + b.x - p.x, y: a.y + b.y - p.y, unit: (a.unit * b.unit) / p.unit, found: false };
        const fourth = nearest(corners, missing, [p, a, b]);
        const astray = fourth ? distance(fourth, missing) / distance(a, b) : 1;
        if (fourth && turnsRight && astray < ASTRAY_MAX)
          for (const each of bothWaysUp([p, a, b, fourth]))
            full.push({ corners: each, cost: cost + COST_ASTRAY * astray });
        // A false fourth bullseye must not hide the guess that one is missing.
        const three: Corners = turnsRight ? [p, a, b, missing] : [a, p, missing, b];
        for (const each of bothWaysUp(three)) withoutOne.push({ corners: each, cost: cost + COST_MISSING });
      }
    }
  return { full, withoutOne };
}

const COST_MISSING = 1.05;
const bothWaysUp = ([a, b, c, d]: Corners): Corners[] => [
  [a, b, c, d],
  [d, c, b, a],
];

/** How far a fourth corner may lie from where it were without perspective, as a share of the diagonal. */
const ASTRAY_MAX = 0.35;
const COST_ASTRAY = 3.6;

function nearest(corners: readonly Corner[], to: Corner, taken: readonly Corner[]): Corner | undefined {
  const others = corners.filter((each) => !taken.includes(each));
  return others.sort((a, b) => distance(a, to) - distance(b, to))[0];
}

/** Two bullseyes are an edge or a diagonal; the sheet is then taken as lying straight under the camera. */
function guessFromPairs(corners: readonly Corner[]): Guess[] {
  const guesses: Guess[] = [];
  for (const p of corners)
    for (const q of corners) {
      if (p === q) continue;
      for (const [m, n] of PAIRS) {
        const units = distance(finders[m] as Point, finders[n] as Point) / finderUnit;
        const ratio = distance(p, q) / ((p.unit + q.unit) / 2) / units;
        if (!likely(ratio)) continue;
        guesses.push({ corners: similar(m, p, n, q), cost: Math.abs(Math.log(ratio)) });
      }
    }
  return guesses;
}

const PAIRS = [
  [0, 1],
  [0, 2],
  [0, 3],
  [1, 2],
  [1, 3],
  [2, 3],
] as const;

/** The four corners when finder m is at p and finder n at q, without perspective. */
function similar(m: number, p: Corner, n: number, q: Corner): Corners {
  const [from, to] = [finders[m] as Point, finders[n] as Point];
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const square = dx * dx + dy * dy;
  const cosine = (dx * (q.x - p.x) + dy * (q.y - p.y)) / square;
  const sine = (dx * (q.y - p.y) - dy * (q.x - p.x)) / square;
  const place = (k: number): Corner => {
    if (k === m) return p;
    if (k === n) return q;
    const [x, y] = [(finders[k] as Point).x - from.x, (finders[k] as Point).y - from.y];
    const unit = finderUnit * Math.hypot(cosine, sine);
    return { x: p.x + cosine * x - sine * y, y: p.y + sine * x + cosine * y, unit, found: false };
  };
  return [place(0), place(1), place(2), place(3)];
}
