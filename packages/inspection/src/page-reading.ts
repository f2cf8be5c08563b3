/** What was read back from a finished PDF: letters with their places, and the picture that will be printed. */
import type { Box } from './geometry.ts';

export interface PdfReading {
  readonly pages: readonly PageReading[];
}

/** The letters alone, of the fronts of a document that is printed on both sides: sheet n is pages 2n − 1 and 2n. */
export interface FrontsReading {
  /** Fronts and backs. */
  readonly pageCount: number;
  readonly fronts: readonly PageLetters[];
}

export interface PageLetters {
  /** From 1. */
  readonly number: number;
  readonly widthMm: number;
  readonly heightMm: number;
  /** In the order of the file, which nothing here relies on. */
  readonly glyphs: readonly Glyph[];
}

export interface PageReading extends PageLetters {
  /** All else, in the order in which it is drawn. */
  readonly drawings: readonly Drawing[];
  readonly raster: Raster;
  /** See raster-digest.ts. */
  readonly digest: string;
}

/** A line, an area or a picture. */
export interface Drawing {
  readonly image: boolean;
  readonly box: Box;
}

/** One drawn glyph with the code points that it stands for: a base and its variation selector are one glyph. */
export interface Glyph {
  readonly text: string;
  /** Smallest box round the outline; empty for a space, and for a glyph that draws nothing. */
  readonly box: Box;
  /** Where the pen stood: left end of the base line. */
  readonly originXMm: number;
  readonly originYMm: number;
  /** One em on the paper. */
  readonly sizeMm: number;
}

/** 8-bit grey, 255 = paper. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}
