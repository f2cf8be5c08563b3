/**
 * Shape: does the outline on the paper have the place and size that the letter has in its font? Text that extracts correctly may
 * still be drawn with the glyph of another letter, or of the base instead of its variant.
 */
import type { Outline } from './expectation.ts';
import type { Glyph } from './page-reading.ts';

/** Fonts and PDF count in thousandths of an em or finer. Two different kanji agree so closely in all four sides once in some hundred. */
const TOLERANCE_EM = 0.0016;
/** pdfium gives the upper edge of an outline a 64th too high (measured; the other three edges are exact). */
const PDFIUM_LIFTS_TOP = 1 + 1 / 64;

/** Letters, digits and 外字 only: a font may draw quotation marks and other signs by the habit of the language. */
export function hasShape(text: string): boolean {
  return /^[\p{L}\p{N}\p{Co}]/u.test(text);
}

export function isShapedLike({ box, originXMm, originYMm, sizeMm }: Glyph, outline: Outline): boolean {
  const drawn = {
    left: (box.xMm - originXMm) / sizeMm,
    right: (box.xMm + box.wMm - originXMm) / sizeMm,
    top: (originYMm - box.yMm) / sizeMm / PDFIUM_LIFTS_TOP,
    bottom: (originYMm - box.yMm - box.hMm) / sizeMm,
  };
  const sides = ['left', 'right', 'top', 'bottom'] as const;
  return sides.every((side) => Math.abs(drawn[side] - outline[side]) <= TOLERANCE_EM);
}
