import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCsv } from './read-csv.ts';

const read = (text: string) => readCsv(new TextEncoder().encode(text));

test.each([
  [
    'a,b\r\n1,2\r\n',
    [
      [1, 'a', 'b'],
      [2, '1', '2'],
    ],
  ],
  [
    'a,b\n1,',
    [
      [1, 'a', 'b'],
      [2, '1', ''],
    ],
  ],
  ['"x ""y"", z"\n', [[1, 'x "y", z']]],
  [
    '"two\nlines",b\nnext,c',
    [
      [1, 'two\nlines', 'b'],
      [3, 'next', 'c'],
    ],
  ],
  [
    '\uFEFFa\n\nb',
    [
      [1, 'a'],
      [3, 'b'],
    ],
  ],
  ['葛\u{E0102},𠮷', [[1, '葛\u{E0102}', '𠮷']]],
  ['', []],
])('%j is read as it stands', (text, records) => {
  expect(read(text)).toEqual(records.map(([line, ...cells]) => ({ line, cells })));
});

test.each([
  ['"open', 'quotes-open'],
  ['a"b', 'quotes-open'],
  ['"a"b', 'quotes-open'],
  ['a\0b', 'not-text'],
])('%j is refused', (text, fault) => {
  expect(read(text)).toBe(fault);
});

test('whatever is written in quotes is read again', () => {
  const cell = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0') && !text.startsWith('\uFEFF'));
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
      const text = rows.map((cells) => cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')).join('\r\n');
      const records = read(text);
      expect(Array.isArray(records) && records.map(({ cells }) => cells)).toEqual(rows);
    }),
  );
});
