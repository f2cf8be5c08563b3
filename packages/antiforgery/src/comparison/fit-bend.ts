/**
 * One smooth bend of the whole sheet that explains the displacements of its pieces: tilt, lens and curl. Pieces that disagree with all
 * others, because something else stands there, lose their say.
 */

import { solveLinear } from '../decoding/solve-linear.ts';
import type { Point } from '../format/geometry.ts';
import type { Shift } from './find-shifts.ts';
import { median } from './quantile.ts';

const ROUNDS = 6;

export function fitBend(
  shifts: readonly Shift[],
  { width, height }: { readonly width: number; readonly height: number },
  degree: number,
): (x: number, y: number) => Point {
  const terms = powersUpTo(degree);
  const scale = Math.max(width, height) / 2;
  const termsAt = (x: number, y: number) => {
    const [u, v] = [(x - width / 2) / scale, (y - height / 2) / scale];
    return terms.map(([a, b]) => u ** a * v ** b);
  };
  const orders = terms.map(([a, b]) => a + b);
  const rows = shifts.map(({ x, y }) => termsAt(x, y));
  let weights = shifts.map(({ likeness }) => likeness ** 2);
  let bend: { x: Float64Array; y: Float64Array } = {
    x: new Float64Array(terms.length),
    y: new Float64Array(terms.length),
  };
  for (let round = 0; round < ROUNDS; round++) {
    bend = {
      x: leastSquares(
        rows,
        shifts.map(({ dx }) => dx),
        weights,
        orders,
      ),
      y: leastSquares(
        rows,
        shifts.map(({ dy }) => dy),
        weights,
        orders,
      ),
    };
    const residuals = shifts.map(({ dx, dy }, i) => {
      const row = rows[i] as number[];
      return Math.hypot(dx - weigh(row, bend.x), dy - weigh(row, bend.y));
    });
    const usual = Math.max(0.3, median(residuals));
    weights = shifts.map(({ likeness }, i) => {
      const far = (residuals[i] as number) / (4 * usual);
      return far >= 1 ? 0 : likeness ** 2 * (1 - far ** 2) ** 2;
    });
  }
  return (x, y) => {
    const row = termsAt(x, y);
    return { x: weigh(row, bend.x), y: weigh(row, bend.y) };
  };
}

const powersUpTo = (degree: number): (readonly [number, number])[] =>
  Array.from({ length: degree + 1 }, (_, sum) =>
    Array.from({ length: sum + 1 }, (_, b) => [sum - b, b] as const),
  ).flat();

function weigh(row: readonly number[], factors: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < row.length; k++) sum += (row[k] as number) * (factors[k] as number);
  return sum;
}

/** A little of each factor’s own size is held against it, more the higher its power, so that pieces in one corner make no wild bend elsewhere. */
const DAMPING = [1e-4, 1e-4, 3e-4, 3e-3, 1e-2];

function leastSquares(
  rows: readonly (readonly number[])[],
  values: readonly number[],
  weights: readonly number[],
  orders: readonly number[],
): Float64Array {
  const n = rows[0]?.length ?? 0;
  const system = Array.from({ length: n }, (_, k) => {
    const row = new Float64Array(n + 1);
    row[k] = (DAMPING[orders[k] as number] as number) * rows.length;
    return row;
  });
  rows.forEach((row, i) => {
    const weight = weights[i] as number;
    if (weight === 0) return;
    for (let a = 0; a < n; a++) {
      const line = system[a] as Float64Array;
      const share = weight * (row[a] as number);
      for (let b = 0; b < n; b++) line[b] = (line[b] as number) + share * (row[b] as number);
      line[n] = (line[n] as number) + share * (values[i] as number);
    }
  });
  return solveLinear(system);
}
