import { expect, test } from 'vitest';
import { countGraphemes, graphemesOf } from './graphemes.ts';

test('a letter with its variation selector is one letter', () => {
  expect(graphemesOf('葛\u{E0100}西𠮷')).toEqual(['葛\u{E0100}', '西', '𠮷']);
  expect(countGraphemes('辻\u{E0100}')).toBe(1);
});

test('no letter is ever changed into another', () => {
  const text = '\uFA19\u9AD9\uFA11か\u3099';
  expect(graphemesOf(text).join('')).toBe(text);
  expect(graphemesOf(text)).toHaveLength(4);
});
