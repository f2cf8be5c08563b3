/**
 * What a finished certificate must look like, worked out from the record alone. Whoever writes one must not ask the
 * typesetter: two who share a mistake agree with each other.
 */
import type { Box } from './geometry.ts';

export interface Expectation {
  readonly orderReference: string;
  readonly pages: readonly PageExpectation[];
  /** Outline of a letter (with its selector) in the font of the form; nothing: no font of the form draws it. */
  readonly outlineOf?: (letter: string) => Outline | undefined;
}

/** A letter’s outline and the box round it, in em from the pen, upwards positive. */
export interface Outline {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
  /** Closed lines of straight pieces: x, y, x, y, … */
  readonly contours: () => readonly (readonly number[])[];
  /** Other forms of the same letter whose box does not tell them from this one. */
  readonly lookalikes: () => readonly Outline[];
}

export interface PageExpectation {
  /** Every letter on the page (the margin apart) stands in exactly one of these. */
  readonly cells: readonly ExpectedCell[];
  /** Places that must be bare paper. */
  readonly bare: readonly Box[];
  /** 公印, whose picture fills the box on an opaque ground; absent: this page has none. */
  readonly seal?: Box;
  readonly pictures?: readonly ExpectedPicture[];
}

/** 印影: a bilevel picture that must stand at its own size. */
export interface ExpectedPicture {
  readonly where: string;
  /** Where it may stand; around the picture the area is bare paper. */
  readonly area: Box;
  readonly box: Box;
  readonly png: Uint8Array;
}

export interface ExpectedCell {
  /** Name of the cell, for the finding; never what stands in it. */
  readonly where: string;
  readonly box: Box;
  /** Compared without spaces (lettersOf); an empty text means: no letter here. */
  readonly text: string;
}
