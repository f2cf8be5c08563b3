import { expect, test } from 'vitest';
import { boldOutlines, regularOutlines } from './glyph-outlines.ts';
import { calibrationWords, sheetLine, stripWords } from './words.ts';

test('every letter that the paper shows has an outline', () => {
  const words = JSON.stringify([stripWords, calibrationWords]) + sheetLine('0123456789abcdef', 1, 2);
  expect([...new Set(words)].filter((letter) => regularOutlines[letter] === undefined)).toEqual([]);
  expect(Object.keys(boldOutlines).sort()).toEqual([...'写複証']);
});
