import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readCharacterMap } from './character-map.ts';
import { loadFonts } from './font-manifest.ts';
import { missingGlyphs } from './missing-glyphs.ts';

test('what the default font prints exactly is not missing', () => {
  expect(missingGlyphs('夕凪　太郎 GARCIA 𠮷髙﨑 神\uFA19 葛\u{E0100} 辻\u{E0100} ＊【】・ー')).toEqual([]);
});

test('a variation sequence that the font lacks is missing, though its base is there', () => {
  expect(missingGlyphs('辻\u{E0102}村')).toEqual(['辻\u{E0102}']);
  expect(missingGlyphs('葛\u{E01EF}葛\u{E01EF}')).toEqual(['葛\u{E01EF}']);
});

test('a second selector, or one without a base, is missing', () => {
  expect(missingGlyphs('葛\u{E0100}\u{E0100}')).toEqual(['葛\u{E0100}\u{E0100}']);
  expect(missingGlyphs('\u{E0100}')).toEqual(['\u{E0100}']);
});

test('private-use letters, controls and half letters are always missing', () => {
  expect(missingGlyphs('外\uE000字')).toEqual(['\uE000']);
  expect(missingGlyphs('\u{F0000}')).toEqual(['\u{F0000}']);
  expect(missingGlyphs('\u{100000}')).toEqual(['\u{100000}']);
  expect(missingGlyphs('a\u0000b')).toEqual(['\u0000']);
  expect(missingGlyphs('\uD842')).toEqual(['\uD842']);
});

test('a letter that no font has is missing', () => {
  expect(missingGlyphs('\u{30000}')).toEqual(['\u{30000}']);
});

test('the whole letter must come from the first font that has its base', () => {
  const has = (letters: string, sequences: readonly string[] = []) => ({
    family: letters,
    file: '',
    characters: {
      has: (point: number) => letters.includes(String.fromCodePoint(point)),
      hasSequence: (base: number, selector: number) => sequences.includes(String.fromCodePoint(base, selector)),
      glyphOf: () => undefined,
    },
    outlines: undefined,
  });
  const fonts = [has('葛'), has('葛辻', ['葛\u{E0100}', '辻\u{E0100}'])];
  expect(missingGlyphs('葛\u{E0100}辻\u{E0100}', fonts)).toEqual(['葛\u{E0100}']);
});

test('the character map finds every letter and sequence that the default font is known to have', () => {
  const [font] = loadFonts();
  const map = readCharacterMap(readFileSync(font?.file as string));
  const kanji = Array.from({ length: 0x9fff - 0x4e00 }, (_, i) => 0x4e00 + i).filter((point) => map.has(point));
  expect(kanji.length).toBeGreaterThan(10_000);
  const selectors = [0xfe00, 0xfe01, 0xfe02, ...Array.from({ length: 240 }, (_, i) => 0xe0100 + i)];
  let sequences = 0;
  for (let base = 0; base < 0x30000; base += 1)
    sequences += selectors.filter((selector) => map.hasSequence(base, selector)).length;
  expect(sequences).toBe(13_416);
});
