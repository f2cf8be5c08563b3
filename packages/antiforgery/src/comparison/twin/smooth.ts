/** Twin of the assembly: Gaussian smoothing, pixel by pixel. */
import { gaussian } from '../gaussian.ts';
import type { Plane } from '../plane.ts';

export function smooth({ width, height, values }: Plane, sigma: number): Plane {
  const weights = gaussian(sigma);
  const along = (from: Float32Array, stride: number, length: number, place: (at: number) => number): Float32Array =>
    from.map((_, at) =>
      weights.reduce((sum, weight, k) => {
        const before = place(at) - k >= 0 ? (from[at - k * stride] as number) : 0;
        const behind = place(at) + k < length ? (from[at + k * stride] as number) : 0;
        return sum + weight * (k === 0 ? before : before + behind);
      }, 0),
    );
  const rows = along(values, 1, width, (at) => at % width);
  return { width, height, values: along(rows, width, height, (at) => Math.floor(at / width)) };
}
