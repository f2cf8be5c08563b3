/**
 * 外字・異体字の欠け: letters that the fonts of the form cannot print exactly. Such a text is not printed at all; another letter in
 * its place would be another name.
 */
import { defaultFonts, type Font } from './font-manifest.ts';
import { glyphOfLetter, lettersIn } from './letter-glyph.ts';

/** Each missing letter with its selectors and marks, once. `fonts` of one municipality: see municipalFonts. */
export function missingGlyphs(text: string, fonts: readonly Font[] = defaultFonts()): string[] {
  return [...new Set(lettersIn(text).filter((letter) => !glyphOfLetter(letter, fonts)))];
}

/** 「U+845B U+E0103」: what staff are told. */
export function codePointsOf(letter: string): string {
  const hex = (part: string) => (part.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0');
  return Array.from(letter, (part) => `U+${hex(part)}`).join(' ');
}
