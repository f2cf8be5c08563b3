/**
 * What a finished certificate must look like, worked out from the record alone. Whoever writes one must not ask the
 * typesetter: two who share a mistake agree with each other.
 */
import type { Box } from './geometry.ts';

export interface Expectation {
  readonly orderReference: string;
  readonly pages: readonly PageExpectation[];
  /** Outline of a letter (with its selector) in the font of the form; nothing where that cannot be said. */
  readonly outlineOf?: (letter: string) => Outline | undefined;
}

/** Box round a letter’s outline, in em from the pen, upwards positive. */
export interface Outline {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
}

export interface PageExpectation {
  /** Every letter on the page (the margin apart) stands in exactly one of these. */
  readonly cells: readonly ExpectedCell[];
  /** Places that must be bare paper. */
  readonly bare: readonly Box[];
  readonly seal: Box;
}

export interface ExpectedCell {
  /** Name of the cell, for the finding; never what stands in it. */
  readonly where: string;
  readonly box: Box;
  /** Compared without spaces (lettersOf); an empty text means: no letter here. */
  readonly text: string;
}
