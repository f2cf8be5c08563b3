import { expect, test } from 'vitest';
import { countGraphemes, graphemesOf, variationSequencesOf } from './graphemes.ts';

test('a letter with its variation selector is one letter', () => {
  expect(graphemesOf('葛\u{E0100}西𠮷')).toEqual(['葛\u{E0100}', '西', '𠮷']);
  expect(countGraphemes('辻\u{E0100}')).toBe(1);
});

test('no letter is ever changed into another', () => {
  const text = '\uFA19\u9AD9\uFA11か\u3099';
  expect(graphemesOf(text).join('')).toBe(text);
  expect(graphemesOf(text)).toHaveLength(4);
});

test('lists each base with its selector', () => {
  expect(variationSequencesOf('試葛\u{E0100}𠮷\uFE00')).toEqual([
    { base: 0x845b, selector: 0xe0100 },
    { base: 0x20bb7, selector: 0xfe00 },
  ]);
  expect(variationSequencesOf('\u{E0100}葛')).toEqual([]);
});
