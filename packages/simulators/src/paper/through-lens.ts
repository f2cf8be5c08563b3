/**
 * The page as the lens spreads it. A camera that sees several device pixels at once gets them averaged first: far fewer are left to work on,
 * and the spread of that average (and of the interpolation that follows) is taken off the lens’s.
 */
import type { Raster } from '@machikado/antiforgery';
import { averaged } from './average.ts';
import { blurred } from './sharp-plane.ts';

export interface SeenPage {
  readonly plane: Raster;
  /** Device pixels in one of these. */
  readonly reduction: number;
}

/** `sigmaPx` and `motionPx` in device pixels. */
export async function throughLens(page: Raster, sigmaPx: number, motionPx: number): Promise<SeenPage> {
  const reduction = reductions.find((one) => spreadOf(one) + 0.16 <= sigmaPx ** 2) ?? 1;
  const reduced = reduction === 1 ? page : averaged(page, reduction);
  const sigma = Math.sqrt(sigmaPx ** 2 - (reduction === 1 ? 0 : spreadOf(reduction))) / reduction;
  const plane = await blurred(reduced, sigma);
  return { plane: motionPx / reduction > 0.3 ? shaken(plane, motionPx / reduction) : plane, reduction };
}

const reductions = [4, 3, 2];

/** Variance of an average over `n` pixels a side and of interpolation between such, beyond that of interpolation between single ones. */
function spreadOf(n: number): number {
  return (n * n - 1) / 12 + (n * n - 1) / 6;
}

/** The hand moved along the lines of the page. */
function shaken({ width, height, data }: Raster, lengthPx: number): Raster {
  const whole = Math.floor(lengthPx);
  const rest = lengthPx - whole;
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y += 1) {
    const row = y * width;
    let sum = 0;
    for (let x = 0; x < width; x += 1) {
      sum += data[row + x] as number;
      if (x < whole) {
        out[row + x] = sum / (x + 1);
        continue;
      }
      const last = data[row + x - whole] as number;
      sum -= last;
      out[row + x] = whole === 0 ? last : (sum + rest * last) / lengthPx;
    }
  }
  return { width, height, data: out };
}
