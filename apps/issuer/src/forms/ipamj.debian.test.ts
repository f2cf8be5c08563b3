/** A fixed sample of what the letters of IPAmj明朝 go through; all of them in the long form. */
import { createPdfReader } from '@machikado/inspection';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Font } from './font-manifest.ts';
import { glyphOfLetter } from './letter-glyph.ts';
import { codePointsOf, missingGlyphs } from './missing-glyphs.ts';
import { ipamjFonts, lettersOfFont, withIpamj } from './testing/ipamj.ts';
import { createLetterSheets, type LetterSheets } from './testing/letter-sheets.ts';

withIpamj(() => {
  const reader = createPdfReader({ workers: 1 });
  let fonts: readonly Font[];
  let sheets: LetterSheets;
  beforeAll(() => {
    fonts = ipamjFonts();
    sheets = createLetterSheets(fonts, reader);
  });
  afterAll(() => reader.close());

  const each = (letters: readonly string[], count: number) =>
    Array.from({ length: count }, (_, i) => letters[Math.floor((i * letters.length) / count)] as string);

  test('500 letters, half of them with a selector, are set exactly, drawn right and read back', async () => {
    const { sequences, ideographs } = lettersOfFont(fonts[0] as Font);
    const sample = [...each(sequences, 250), ...each(ideographs, 250)];
    expect(missingGlyphs(sample.join(''), fonts)).toEqual([]);
    expect((await sheets.inspect(sample)).found).toEqual([]);
  });

  test('and so are they in words, as small as forms set them', async () => {
    const { sequences, ideographs } = lettersOfFont(fonts[0] as Font);
    const words = each(sequences, 250).map((letter, i) => letter + each(ideographs, 250)[i]);
    expect((await sheets.inspect(words, 6)).found).toEqual([]);
  });

  test('a letter, its forms, and the form that has its very glyph stand on one page', async () => {
    const names = [
      '葛',
      '葛\u{E0102}',
      '葛\u{E0103}',
      '葛\u{E0104}',
      '辻',
      '辻\u{E0102}',
      '辻\u{E0103}',
      '邉\u{E010F}',
    ];
    expect((await sheets.inspect([...names, ...names.toReversed()])).found).toEqual([]);
  });

  test('a sequence that only the built-in font knows comes from the built-in font', async () => {
    const letters = ['葛\u{E0100}', '辻\u{E0100}'];
    expect(letters.map((letter) => glyphOfLetter(letter, fonts)?.font.family)).toEqual([
      'Noto Serif JP',
      'Noto Serif JP',
    ]);
    expect((await sheets.inspect([...letters, '葛', '辻'])).found).toEqual([]);
  });

  test('a sequence that no font knows is refused by its code points', () => {
    expect(missingGlyphs('葛\u{E01EF}', fonts).map(codePointsOf)).toEqual(['U+845B U+E01EF']);
  });
});
