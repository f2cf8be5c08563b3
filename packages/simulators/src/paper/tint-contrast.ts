/**
 * How much of the けん制文字 an eye sees on paper: the difference of lightness between letters and background, negative when the letters are
 * darker, and that difference against the unrest of both (CNR). The eye is a blur of 8 px at 600 dpi, a third of a millimetre.
 */
import type { Raster } from '@machikado/antiforgery';
import { blurred } from './sharp-plane.ts';

const EYE_PX = 8;
/** Of 255; what is less sure of its side is the edge of a letter. */
const SURE = 250;

export interface TintContrast {
  readonly deltaL: number;
  readonly cnr: number;
}

/** `letters`: where the letters are (0) and are not (255), pixel for pixel. */
export async function tintContrast(paper: Raster, letters: Raster): Promise<TintContrast> {
  const seen = await blurred(paper, EYE_PX);
  const sides = await blurred(letters, EYE_PX);
  const ink = new Tally();
  const ground = new Tally();
  for (let at = 0; at < seen.data.length; at += 1) {
    const side = sides.data[at] as number;
    if (side >= SURE) ground.add(seen.data[at] as number);
    else if (side <= 255 - SURE) ink.add(seen.data[at] as number);
  }
  const one = ink.lightness();
  const other = ground.lightness();
  const deltaL = one.mean - other.mean;
  return { deltaL, cnr: Math.abs(deltaL) / Math.sqrt((one.variance + other.variance) / 2) };
}

/** Greys are shares of the light that comes back. */
class Tally {
  readonly #counts = new Uint32Array(256);

  add(grey: number): void {
    this.#counts[grey] = (this.#counts[grey] as number) + 1;
  }

  lightness(): { mean: number; variance: number } {
    let count = 0;
    let sum = 0;
    let squares = 0;
    this.#counts.forEach((times, grey) => {
      const value = 116 * Math.cbrt(Math.max(grey, 1) / 255) - 16;
      count += times;
      sum += times * value;
      squares += times * value * value;
    });
    const mean = sum / count;
    return { mean, variance: Math.max(1e-6, squares / count - mean * mean) };
  }
}
