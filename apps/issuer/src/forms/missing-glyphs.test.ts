import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readCharacterMap } from './character-map.ts';
import { defaultFonts, type Font } from './font-manifest.ts';
import { glyphOfLetter } from './letter-glyph.ts';
import { codePointsOf, missingGlyphs } from './missing-glyphs.ts';

test('what the default font prints exactly is not missing', () => {
  expect(missingGlyphs('夕凪　太郎 GARCIA 𠮷髙﨑 神\uFA19 葛\u{E0100} 辻\u{E0100} ＊【】・ー ｶﾞ')).toEqual([]);
});

test('a variation sequence that the font lacks is missing, though its base is there', () => {
  expect(missingGlyphs('辻\u{E0102}村')).toEqual(['辻\u{E0102}']);
  expect(missingGlyphs('葛\u{E01EF}葛\u{E01EF}')).toEqual(['葛\u{E01EF}']);
});

test('staff are told the code points', () => {
  expect(missingGlyphs('辻\u{E0102}A\u0007').map(codePointsOf)).toEqual(['U+8FBB U+E0102', 'U+0007']);
});

test('a second selector, or one without a base, is missing', () => {
  expect(missingGlyphs('葛\u{E0100}\u{E0100}')).toEqual(['葛\u{E0100}\u{E0100}']);
  expect(missingGlyphs('\u{E0100}')).toEqual(['\u{E0100}']);
});

test('private-use letters, controls, invisible and half letters are always missing', () => {
  expect(missingGlyphs('外\uE000字')).toEqual(['\uE000']);
  expect(missingGlyphs('\u{F0000}')).toEqual(['\u{F0000}']);
  expect(missingGlyphs('\u{100000}')).toEqual(['\u{100000}']);
  expect(missingGlyphs('a\u0000b')).toEqual(['\u0000']);
  expect(missingGlyphs('a\u00ADb')).toEqual(['\u00AD']);
  expect(missingGlyphs('\uD842')).toEqual(['\uD842']);
});

test('a letter that no font has is missing', () => {
  expect(missingGlyphs('\u{30000}')).toEqual(['\u{30000}']);
});

test('a letter with a mark is printed where it has a code point of its own, else not', () => {
  expect(missingGlyphs('か\u3099ハ\u309A')).toEqual([]);
  expect(missingGlyphs('か\u309A漢\u3099')).toEqual(['か\u309A', '漢\u3099']);
});

test('what would be read back as two letters is missing', () => {
  expect(missingGlyphs('\uFB01n')).toEqual(['\uFB01']);
});

describe('with several fonts', () => {
  const [builtIn] = defaultFonts() as readonly [Font];
  const has = (family: string, letters: string, sequences: readonly string[] = [], inked = true): Font => ({
    ...builtIn,
    family,
    characters: {
      ...builtIn.characters,
      has: (point) => letters.includes(String.fromCodePoint(point)),
      hasSequence: (base, selector) => sequences.includes(String.fromCodePoint(base, selector)),
      glyphOf: () => 7,
    },
    outlines: { ...builtIn.outlines, boxOf: () => (inked ? { left: 0, bottom: 0, right: 1, top: 1 } : undefined) },
  });
  const fonts = [has('one', '葛'), has('two', '葛辻', ['葛\u{E0100}', '辻\u{E0100}'])];
  const fontOf = (letter: string) => glyphOfLetter(letter, fonts)?.font.family;

  test('the first that has the exact sequence draws it; the base alone is no substitute', () => {
    expect(['葛', '葛\u{E0100}', '辻', '辻\u{E0100}'].map(fontOf)).toEqual(['one', 'two', 'two', 'two']);
    expect(missingGlyphs('葛\u{E0101}', fonts)).toEqual(['葛\u{E0101}']);
  });

  test('a glyph without ink is no letter', () => {
    expect(missingGlyphs('葛', [has('blank', '葛', [], false)])).toEqual(['葛']);
  });
});

test('the character map finds every letter and sequence that the default font is known to have', () => {
  const map = readCharacterMap(readFileSync(defaultFonts()[0]?.file as string));
  const points = [...map.codePoints];
  expect(points.filter((point) => point >= 0x4e00 && point < 0x9fff).length).toBeGreaterThan(10_000);
  expect(points.reduce((sum, point) => sum + map.selectorsOf(point).length, 0)).toBe(13_416);
});
