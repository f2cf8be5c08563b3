/** Pictures in colour, as planes: what happens to paper happens to each of them alike. */
import type { Raster } from '@machikado/antiforgery';

export type { Raster };

/** 255 = paper. */
export interface ColourPlanes {
  readonly red: Raster;
  readonly green: Raster;
  readonly blue: Raster;
}

/** 色分解 (separations): a plane for each toner, 255 = none of it. */
export interface Separations {
  readonly cyan: Raster;
  readonly magenta: Raster;
  readonly yellow: Raster;
  readonly black: Raster;
}

export const isColour = (page: Raster | ColourPlanes): page is ColourPlanes => 'red' in page;

/** Three bytes a pixel. */
export function interleaved({ red, green, blue }: ColourPlanes): Uint8Array {
  const out = new Uint8Array(red.data.length * 3);
  for (let at = 0; at < red.data.length; at += 1) {
    out[at * 3] = red.data[at] as number;
    out[at * 3 + 1] = green.data[at] as number;
    out[at * 3 + 2] = blue.data[at] as number;
  }
  return out;
}
