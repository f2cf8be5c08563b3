/**
 * Colour to grey as the largest of red, green and blue: toner is dark in all three, while coffee, red ink and a blue pen are light in at least one.
 */
import type { Raster } from '@machikado/antiforgery';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** 1: grey; 2: grey and alpha; 3 or 4: colour (in any order) and perhaps alpha. */
  readonly channels: number;
  readonly data: Uint8Array;
}

export function toGrey({ width, height, channels, data }: Pixels): Raster {
  if (channels === 1) return { width, height, data };
  const grey = new Uint8Array(width * height);
  if (channels === 2) for (let i = 0; i < grey.length; i++) grey[i] = data[2 * i] ?? 0;
  else
    for (let i = 0, at = 0; i < grey.length; i++, at += channels) {
      const [a = 0, b = 0, c = 0] = [data[at], data[at + 1], data[at + 2]];
      grey[i] = a > b ? (a > c ? a : c) : b > c ? b : c;
    }
  return { width, height, data: grey };
}
