/** Pictures as everything in this package passes them on. */

/** 8-bit grey, 255 = paper. The same shape as the inspection's raster, so one picture serves both. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** One byte a pixel: 1 = ink, 0 = paper. */
export interface Bilevel {
  readonly width: number;
  readonly height: number;
  readonly bits: Uint8Array;
}
