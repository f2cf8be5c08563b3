/** How much the picture at some place looks like a finder of given size, whatever light and contrast: −1 to 1. */
import type { Point } from '../format/geometry.ts';
import type { Raster } from '../raster.ts';

export interface BullseyeTemplate {
  readonly dx: Float64Array;
  readonly dy: Float64Array;
  /** Darkness expected there, with mean 0 and length 1. */
  readonly value: Float64Array;
}

/** Samples on ellipses round the center; black within 1.5 units and from 2.5 to 3.5. */
export function bullseyeTemplate(unitX: number, unitY: number): BullseyeTemplate {
  const samples: [number, number, number][] = [];
  for (let radius = 0.4; radius < 4.1; radius += 0.45) {
    const count = Math.max(4, Math.round(radius * 6));
    const black = radius < 1.5 || (radius > 2.5 && radius < 3.5);
    for (let k = 0; k < count; k++) {
      const angle = (2 * Math.PI * k) / count;
      samples.push([radius * unitX * Math.cos(angle), radius * unitY * Math.sin(angle), black ? -1 : 1]);
    }
  }
  const mean = samples.reduce((sum, [, , value]) => sum + value, 0) / samples.length;
  const length = Math.sqrt(samples.reduce((sum, [, , value]) => sum + (value - mean) ** 2, 0));
  return {
    dx: Float64Array.from(samples, ([dx]) => dx),
    dy: Float64Array.from(samples, ([, dy]) => dy),
    value: Float64Array.from(samples, ([, , value]) => (value - mean) / length),
  };
}

/** Below this spread of brightness there is nothing to see. */
const DEVIATION_MIN = 3;

export function bullseyeLikeness({ width, height, data }: Raster, template: BullseyeTemplate, x: number, y: number) {
  const { dx, dy, value } = template;
  const n = value.length;
  let sum = 0;
  let squares = 0;
  let product = 0;
  for (let i = 0; i < n; i++) {
    const column = Math.floor(x + (dx[i] as number));
    const row = Math.floor(y + (dy[i] as number));
    if (column < 0 || row < 0 || column >= width || row >= height) return -1;
    const seen = data[row * width + column] as number;
    sum += seen;
    squares += seen * seen;
    product += seen * (value[i] as number);
  }
  const spread = squares - (sum * sum) / n;
  return spread < n * DEVIATION_MIN ** 2 ? -1 : product / Math.sqrt(spread);
}

export interface Likely extends Point {
  readonly likeness: number;
}

/** Climbs to the best place nearby, in ever smaller steps. */
export function climbToBullseye(picture: Raster, template: BullseyeTemplate, from: Point): Likely {
  let best = { ...from, likeness: bullseyeLikeness(picture, template, from.x, from.y) };
  for (const step of [1, 0.5, 0.25])
    for (let turn = 0; turn < 4; turn++) {
      const next = neighbours(best, step)
        .map(({ x, y }) => ({ x, y, likeness: bullseyeLikeness(picture, template, x, y) }))
        .reduce((a, b) => (b.likeness > a.likeness ? b : a), best);
      if (next === best) break;
      best = next;
    }
  return best;
}

const neighbours = ({ x, y }: Point, step: number): Point[] => [
  { x: x + step, y },
  { x: x - step, y },
  { x, y: y + step },
  { x, y: y - step },
];
