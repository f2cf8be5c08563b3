/**
 * One smooth bend of the whole sheet that explains the displacements of its pieces: tilt, lens and curl. Pieces that disagree with all
 * others, because something else stands there, lose their say.
 */

import { solveLinear } from '../decoding/solve-linear.ts';
import type { Point } from '../format/geometry.ts';
import type { Shift } from './find-shifts.ts';
import { median } from './quantile.ts';

const ROUNDS = 6;
/** How well a piece is found, pixels of the planes it was found in. */
const GRAIN = 0.15;
/** Times the usual, beyond which a piece has no say in the end. */
const OUT = 4;

export function fitBend(
  shifts: readonly Shift[],
  { width, height }: { readonly width: number; readonly height: number },
  { degree, perPixel }: { readonly degree: number; readonly perPixel: number },
): (x: number, y: number) => Point {
  const terms = powersUpTo(degree);
  const scale = Math.max(width, height) / 2;
  const termsAt = (x: number, y: number) => {
    const [u, v] = [(x - width / 2) / scale, (y - height / 2) / scale];
    return terms.map(([a, b]) => u ** a * v ** b);
  };
  const orders = [...terms, ...terms].map(([a, b]) => a + b);
  const found = shifts.flatMap(({ x, y, likeness, ways }) => {
    const here = termsAt(x, y);
    return ways.map((way) => {
      const row = [...here.map((term) => term * way.x), ...here.map((term) => term * way.y)];
      return { row, by: way.by, trust: likeness ** 2 };
    });
  });
  let weights = found.map(({ trust }) => trust);
  let factors = new Float64Array(orders.length);
  for (let round = 0; round < ROUNDS; round++) {
    factors = leastSquares(found, weights, orders);
    const residuals = found.map(({ row, by }) => Math.abs(by - weigh(row, factors)));
    const usual = Math.max(GRAIN * perPixel, median(residuals));
    weights = found.map(({ trust }, i) => {
      const far = (residuals[i] as number) / ((OUT + ROUNDS - round) * usual);
      return far >= 1 ? 0 : trust * (1 - far ** 2) ** 2;
    });
  }
  const [alongX, alongY] = [factors.subarray(0, terms.length), factors.subarray(terms.length)];
  return (x, y) => {
    const row = termsAt(x, y);
    return { x: weigh(row, alongX), y: weigh(row, alongY) };
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
  found: readonly { readonly row: readonly number[]; readonly by: number }[],
  weights: readonly number[],
  orders: readonly number[],
): Float64Array<ArrayBuffer> {
  const n = orders.length;
  const system = Array.from({ length: n }, (_, k) => {
    const row = new Float64Array(n + 1);
    row[k] = (DAMPING[orders[k] as number] as number) * found.length;
    return row;
  });
  found.forEach(({ row, by }, i) => {
    const weight = weights[i] as number;
    if (weight === 0) return;
    for (let a = 0; a < n; a++) {
      const line = system[a] as Float64Array;
      const share = weight * (row[a] as number);
      for (let b = 0; b < n; b++) line[b] = (line[b] as number) + share * (row[b] as number);
      line[n] = (line[n] as number) + share * by;
    }
  });
  return Float64Array.from(solveLinear(system));
}
