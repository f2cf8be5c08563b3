/**
 * 外字・異体字の欠け: letters that the fonts of the form cannot print exactly. Such a text is not printed at all; another letter in
 * its place would be another name.
 */
import { graphemesOf } from '@machikado/domain';
import { defaultFonts, type Font } from './font-manifest.ts';

/** Each missing letter with its selectors and marks, once. */
export function missingGlyphs(text: string, fonts: readonly Font[] = defaultFonts()): string[] {
  return [...new Set(graphemesOf(text).filter((letter) => !isPrintable(letter, fonts)))];
}

/** Typst takes a letter from the first font that has its base, so the whole letter must be there. */
function isPrintable(letter: string, fonts: readonly Font[]): boolean {
  const points = Array.from(letter, (part) => part.codePointAt(0) as number);
  const [base, ...marks] = points as [number, ...number[]];
  if (points.some(isForbidden)) return false;
  const font = fonts.find(({ characters }) => characters.has(base));
  if (!font) return false;
  return marks.every((mark, i) =>
    isSelector(mark) ? i === 0 && font.characters.hasSequence(base, mark) : font.characters.has(mark),
  );
}

/** Private-use letters mean something else in every town; half a surrogate pair and a control mean nothing. */
function isForbidden(point: number): boolean {
  const privateUse = (point >= 0xe000 && point <= 0xf8ff) || point >= 0xf0000;
  const surrogate = point >= 0xd800 && point <= 0xdfff;
  const control = point < 0x20 || (point >= 0x7f && point < 0xa0);
  return privateUse || surrogate || control;
}

function isSelector(point: number): boolean {
  return (point >= 0xfe00 && point <= 0xfe0f) || (point >= 0xe0100 && point <= 0xe01ef);
}
