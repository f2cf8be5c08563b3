/** Brightness of a picture between its pixels. */
import type { Raster } from '../raster.ts';

export const OUTSIDE = -1;

/** Bilinear; the center of pixel (i, j) is (i + ½, j + ½). */
export function brightnessAt(picture: Raster, x: number, y: number): number {
  const { width, height, data } = picture;
  const left = Math.floor(x - 0.5);
  const top = Math.floor(y - 0.5);
  // Written so that what is no number at all is outside as well.
  if (!(left >= 0 && top >= 0 && left < width - 1 && top < height - 1)) return OUTSIDE;
  const at = top * width + left;
  const fx = x - 0.5 - left;
  const fy = y - 0.5 - top;
  const upper = (data[at] as number) * (1 - fx) + (data[at + 1] as number) * fx;
  const lower = (data[at + width] as number) * (1 - fx) + (data[at + width + 1] as number) * fx;
  return upper * (1 - fy) + lower * fy;
}
