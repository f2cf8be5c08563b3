import { expect, test } from 'vitest';
import type { Glyph, PageReading } from './page-reading.ts';
import { lettersOf, textIn, wordsOf } from './text.ts';

const glyph = (text: string, xMm: number, yMm: number): Glyph => ({
  text,
  box: text.trim() === '' ? { xMm, yMm, wMm: 0, hMm: 0 } : { xMm, yMm: yMm - 3, wMm: 3, hMm: 3 },
  originXMm: xMm,
  originYMm: yMm,
  sizeMm: 3.5,
});
const page = (...glyphs: Glyph[]): PageReading => ({
  number: 1,
  widthMm: 210,
  heightMm: 297,
  glyphs,
  drawings: [],
  raster: { width: 1, height: 1, data: new Uint8Array(1) },
  digest: '',
});
const box = { xMm: 0, yMm: 0, wMm: 210, hMm: 297 };

test('order on the paper counts, not order in the file', () => {
  const shuffled = page(glyph('三', 10, 30), glyph('二', 14, 20), glyph('一', 10, 20));
  expect(textIn(shuffled, box)).toBe('一二三');
});

test('letters of one line may stand a little higher or lower', () => {
  expect(textIn(page(glyph('二', 14, 20), glyph('一', 10, 20.2)), box)).toBe('一二');
});

test('a letter belongs to the box in which its middle stands', () => {
  const two = page(glyph('内', 10, 20), glyph('外', 50, 20));
  expect(textIn(two, { xMm: 10, yMm: 16, wMm: 5, hMm: 5 })).toBe('内');
});

test('words end at spaces and gaps', () => {
  const line = page(
    glyph('夕', 10, 20),
    glyph('凪', 13, 20),
    glyph('　', 16, 20),
    glyph('一', 17, 20),
    glyph('男', 60, 20),
  );
  expect(wordsOf(line).map(({ text }) => text)).toEqual(['夕凪', '一', '男']);
});

test('lettersOf takes spaces away and nothing else', () => {
  expect(lettersOf(' 葛\u{E0100}　神\uFA19\u00a0か\u3099\t')).toBe('葛\u{E0100}神\uFA19か\u3099');
});
