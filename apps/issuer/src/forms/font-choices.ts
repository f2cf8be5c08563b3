/**
 * 字体の指定: what the typesetter must be told about fonts. Typst takes a letter from the first font that has its base, and draws the
 * bare base where that font lacks the sequence. So a form is given, beside its texts:
 *
 * - `fonts`: families in order, for `text(font: …)`;
 * - `letters`: `{font, pattern}` for each font that must draw letters which Typst would take from another one, as a regular
 *   expression that matches exactly those. Nearly always empty.
 *
 * Texts stay plain strings. A form’s library sets the whole document under
 *
 *     #let in-fonts(choices, body) = {
 *       for choice in choices { body = { show regex(choice.pattern): set text(font: choice.font); body } }
 *       body
 *     }
 *
 * where it also measures, since another font may have other widths.
 */
import type { Font } from './font-manifest.ts';
import { glyphOfLetter } from './letter-glyph.ts';

export interface FontChoices {
  readonly fonts: readonly string[];
  readonly letters: readonly { readonly font: string; readonly pattern: string }[];
}

/** Only these can be drawn by another font than the first that has their first code point. */
const SPECIAL = /\P{M}\p{M}+|\p{Co}/gu;
/** Where they can stand: a seal is a long text of ASCII, passed over quickly. */
const BEYOND_ASCII = /.?[^\0-\x7f]+/gs;

/** `data`: JSON with every text of the form in it. */
export function chooseFonts(data: string, fonts: readonly Font[]): FontChoices {
  const common = fonts.filter(({ privateUse }) => !privateUse);
  const byFont = new Map<string, string[]>();
  for (const letter of new Set((data.match(BEYOND_ASCII) ?? []).flatMap((part) => part.match(SPECIAL) ?? []))) {
    const family = glyphOfLetter(letter, fonts)?.font.family;
    const taken = common.find(({ characters }) => characters.has(letter.codePointAt(0) as number))?.family;
    if (family && family !== taken) byFont.set(family, [...(byFont.get(family) ?? []), patternOf(letter)]);
  }
  const letters = Array.from(byFont, ([font, patterns]) => ({ font, pattern: patterns.join('|') }));
  return { fonts: [...new Set(common.map(({ family }) => family))], letters };
}

function patternOf(letter: string): string {
  return Array.from(letter, (part) => `\\x{${(part.codePointAt(0) as number).toString(16)}}`).join('');
}
