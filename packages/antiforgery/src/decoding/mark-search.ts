/** Finds an alignment mark (3×3 black cells in a white square of 7×7) near the place where it should be. */
import { markCells, markCoreCells, type Point } from '../format/geometry.ts';
import type { Raster } from '../raster.ts';
import { brightnessAt, OUTSIDE } from './brightness.ts';
import { type Steps, walk } from './homography.ts';

const REACH = (markCells - 1) / 2;
const CORE = (markCoreCells - 1) / 2;
const SAMPLES = markCells ** 2;
const WHITE = 1 - (markCoreCells ** 2 * -1 + (SAMPLES - markCoreCells ** 2)) / SAMPLES;
const BLACK = WHITE - 2;
const LENGTH = Math.sqrt(markCoreCells ** 2 * BLACK ** 2 + (SAMPLES - markCoreCells ** 2) * WHITE ** 2);
/** Below this sum of squared differences there is nothing to see. */
const SPREAD_MIN = 50;

export interface MarkSight extends Point {
  /** −1 to 1; real marks in poor photos reach 0.6. */
  readonly likeness: number;
}

/** One sample a cell, compared whatever light and contrast. */
export function markLikeness(photo: Raster, x: number, y: number, steps: Steps): number {
  let sum = 0;
  let squares = 0;
  let product = 0;
  for (let v = -REACH; v <= REACH; v++)
    for (let u = -REACH; u <= REACH; u++) {
      const seen = brightnessAt(photo, x + steps.rightX * u + steps.downX * v, y + steps.rightY * u + steps.downY * v);
      if (seen === OUTSIDE) return -1;
      sum += seen;
      squares += seen * seen;
      product += seen * (u >= -CORE && u <= CORE && v >= -CORE && v <= CORE ? BLACK : WHITE);
    }
  const spread = squares - (sum * sum) / SAMPLES;
  return spread < SPREAD_MIN ? -1 : product / (Math.sqrt(spread) * LENGTH);
}

/** A mark a little nearer to the expected place is taken rather than one a little clearer. */
const COST_PER_CELL = 0.02;

/** Looks every `grain` cells within `reach` cells, then ever finer. */
export function searchMark(photo: Raster, around: Point, steps: Steps, reach: number): MarkSight {
  const grain = 0.5;
  const n = Math.round(reach / grain);
  let best = { u: 0, v: 0, score: -2 };
  for (let j = -n; j <= n; j++)
    for (let i = -n; i <= n; i++) {
      const [u, v] = [i * grain, j * grain];
      const { x, y } = walk(around, steps, u, v);
      const score = markLikeness(photo, x, y, steps) - COST_PER_CELL * Math.hypot(u, v);
      if (score > best.score) best = { u, v, score };
    }
  return refine(photo, walk(around, steps, best.u, best.v), steps);
}

function refine(photo: Raster, from: Point, steps: Steps): MarkSight {
  let best = { ...from, likeness: markLikeness(photo, from.x, from.y, steps) };
  for (const grain of [0.25, 0.125]) {
    const center = best;
    for (let j = -1; j <= 1; j++)
      for (let i = -1; i <= 1; i++) {
        if (i === 0 && j === 0) continue;
        const { x, y } = walk(center, steps, i * grain, j * grain);
        const likeness = markLikeness(photo, x, y, steps);
        if (likeness > best.likeness) best = { x, y, likeness };
      }
  }
  return best;
}

/** Several places that look like a mark, within so many cells; the clearest first, and not two of the same mark. */
export function searchMarks(photo: Raster, around: Point, steps: Steps, reach: number, most: number): MarkSight[] {
  const sights: { u: number; v: number; likeness: number }[] = [];
  for (let v = -reach; v <= reach; v++)
    for (let u = -reach; u <= reach; u++) {
      const { x, y } = walk(around, steps, u, v);
      const likeness = markLikeness(photo, x, y, steps);
      if (likeness > 0.3) sights.push({ u, v, likeness });
    }
  sights.sort((a, b) => b.likeness - a.likeness);
  const apart: typeof sights = [];
  for (const sight of sights) {
    if (apart.length === most) break;
    if (apart.every(({ u, v }) => Math.hypot(u - sight.u, v - sight.v) > 2.5)) apart.push(sight);
  }
  return apart.map(({ u, v }) => refine(photo, walk(around, steps, u, v), steps));
}
