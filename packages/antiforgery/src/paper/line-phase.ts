/**
 * For engines that print black only, where the detection image shows nothing: lines of 150 to the inch that inside 「証」 are shifted by half a
 * period. The eye sees an even grey; a film with the same lines laid on it shows the letter; a copy melts them together.
 */
import { letterMask } from './detection-image.ts';

export const linePhaseSide = 504;
const periodPx = 4;
const linePx = 2;

/** One byte a pixel, 1 = ink. */
export function linePhaseImage(): Uint8Array {
  return letterMask(linePhaseSide, 400).map((inside, pixel) => {
    const x = pixel % linePhaseSide;
    const y = (pixel - x) / linePhaseSide + (inside ? linePx : 0);
    // A little aslant: along a level stroke two lines would meet for its whole length, and be seen.
    return (y + (x >> 2)) % periodPx < linePx ? 1 : 0;
  });
}
