/**
 * Somebody tapped the four outer corners of the scrambled image, as well as fingers can. Bullseyes that were found near such a corner are
 * taken for it; which way up the sheet lies is left open.
 */
import { cellsHigh, cellsWide, finders, finderUnit, type Point } from '../format/geometry.ts';
import type { Corner, Corners, Guess } from './guess.ts';
import { homographyOf, pitchOf, project, stepsAt } from './homography.ts';
import type { Finder } from './locate-finders.ts';

export type Taps = readonly [Point, Point, Point, Point];

const outerCorners: readonly Point[] = [
  { x: 0, y: 0 },
  { x: cellsWide, y: 0 },
  { x: cellsWide, y: cellsHigh },
  { x: 0, y: cellsHigh },
];
const SNAP_CELLS = 25;

export function guessesFromTaps(taps: Taps, seen: readonly Finder[]): Guess[] {
  const round = clockwise(taps);
  return [0, 1, 2, 3].flatMap((turn) => {
    const turned = round.map((_, k) => round[(k + turn) % 4] as Point);
    const homography = homographyOf(outerCorners, turned);
    const corners = finders.map(({ x, y }): Corner => {
      const unit = finderUnit * pitchOf(stepsAt(homography, x, y));
      return { ...project(homography, x, y), unit, found: false };
    });
    const snapped = corners.map((corner) => snap(corner, seen));
    const guesses = snapped.some((corner) => corner.found) ? [snapped, corners] : [corners];
    return guesses.map((each, k) => ({ corners: each as unknown as Corners, cost: k }));
  });
}

function snap(corner: Corner, seen: readonly Finder[]): Corner {
  const near = seen
    .filter(({ unit }) => unit > corner.unit / 1.5 && unit < corner.unit * 1.5)
    .map(({ x, y, unit }) => ({ x, y, unit, found: true, away: Math.hypot(x - corner.x, y - corner.y) }))
    .filter(({ away, unit }) => away < (SNAP_CELLS / finderUnit) * unit)
    .sort((a, b) => a.away - b.away)[0];
  return near ? { x: near.x, y: near.y, unit: near.unit, found: true } : corner;
}

/** As seen, from any order. */
function clockwise(taps: Taps): Point[] {
  const [x, y] = [taps.reduce((sum, tap) => sum + tap.x, 0) / 4, taps.reduce((sum, tap) => sum + tap.y, 0) / 4];
  return [...taps].sort((a, b) => Math.atan2(a.y - y, a.x - x) - Math.atan2(b.y - y, b.x - x));
}
