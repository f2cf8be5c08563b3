/**
 * 字の選択: which glyph of which font is a letter. The first font in the order of the manifest that has the *exact* sequence; the
 * base alone only where no selector is asked, or where the font itself declares the sequence to be its ordinary glyph. A glyph
 * without ink is none. Whatever has no such font is not printed at all: another letter in its place would be another name.
 */
import { graphemesOf, isVariationSelector } from '@machikado/domain';
import type { Font } from './font-manifest.ts';

export interface LetterGlyph {
  readonly font: Font;
  readonly glyph: number;
  /** The code point whose forms are drawn: that of the letter without its selector. */
  readonly base: number;
}

/** Letters as they are drawn: with selector and marks; half-width 濁点 are letters by themselves. */
export function lettersIn(text: string): string[] {
  return graphemesOf(text).flatMap((grapheme) => grapheme.split(/(?=[\uFF9E\uFF9F])/u));
}

const remembered = new WeakMap<readonly Font[], Map<string, LetterGlyph | undefined>>();
/** No exact letter is longer in UTF-16; what is need not be remembered. */
const LONGEST = 4;

export function glyphOfLetter(letter: string, fonts: readonly Font[]): LetterGlyph | undefined {
  const known = remembered.get(fonts) ?? new Map<string, LetterGlyph | undefined>();
  if (known.has(letter)) return known.get(letter);
  const found = findGlyph(letter, fonts);
  if (letter.length <= LONGEST) remembered.set(fonts, known.set(letter, found));
  return found;
}

/** Controls, half letters, marks without a letter, what has no look of its own, and ﬁ and the like: pdfium reads two letters there. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\uFB00-\uFB06]|^\p{M}/u;

function findGlyph(letter: string, fonts: readonly Font[]): LetterGlyph | undefined {
  if (UNPRINTABLE.test(letter)) return undefined;
  const [base, selector] = sequenceOf(letter);
  if (base === undefined) return undefined;
  const font = fonts.find(({ characters }) =>
    selector === undefined ? characters.has(base) : characters.hasSequence(base, selector),
  );
  const glyph = font?.characters.glyphOf(base, selector);
  if (!font || glyph === undefined) return undefined;
  return font.outlines.boxOf(glyph) || /^\s$/u.test(letter) ? { font, glyph, base } : undefined;
}

/**
 * Base and selector. A letter with one mark (か and ゛) counts where it has a code point of its own, since that is what is drawn;
 * other marks are put together by the shaping library in ways that cannot be foretold here.
 */
function sequenceOf(letter: string): readonly number[] {
  const points = Array.from(letter, (part) => part.codePointAt(0) as number);
  if (points.length === 1 || (points.length === 2 && isVariationSelector(points[1] as number))) return points;
  const composed = letter.normalize('NFC');
  const single = Array.from(composed).length === 1 && composed.normalize('NFD') === letter;
  return single ? [composed.codePointAt(0) as number] : [];
}
