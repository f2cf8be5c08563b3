/**
 * Colour to grey, in two ways. A back is looked at by the largest of red, green and blue: toner is dark in all three, while coffee, red ink and a
 * blue pen are light in at least one. A front is looked at as the eye sees it, because 公印 and 印影 are red and belong to it.
 */
import type { Raster } from '@machikado/antiforgery';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** 1: grey; 2: grey and alpha; 3 or 4: colour and perhaps alpha. */
  readonly channels: number;
  /** Which of the three is red; green is in the middle. */
  readonly red: 0 | 2;
  readonly data: Uint8Array;
}

export interface Greys {
  readonly largest: Raster;
  readonly luminance: Raster;
}

export function toGreys({ width, height, channels, red, data }: Pixels): Greys {
  if (channels < 3) {
    const grey = channels === 1 ? data : data.filter((_, at) => at % 2 === 0);
    return { largest: { width, height, data: grey }, luminance: { width, height, data: grey } };
  }
  const [largest, luminance] = [new Uint8Array(width * height), new Uint8Array(width * height)];
  for (let i = 0, at = 0; i < largest.length; i++, at += channels) {
    const [r = 0, g = 0, b = 0] = [data[at + red], data[at + 1], data[at + 2 - red]];
    largest[i] = r > g ? (r > b ? r : b) : g > b ? g : b;
    // ITU-R BT.601, in 256ths.
    luminance[i] = (77 * r + 150 * g + 29 * b) >> 8;
  }
  return { largest: { width, height, data: largest }, luminance: { width, height, data: luminance } };
}
