import { expect, test } from 'vitest';
import { earliestDay, formatLedgerDate, latestDay } from './ledger-date.ts';

test.each([
  [{ year: 1985, month: 3, day: 5 }, '昭和60年 3月 5日'],
  [{ year: 2019, month: 12, day: 10 }, '令和元年12月10日'],
  [{ year: 1960, month: null, day: null }, '昭和35年 月日不詳'],
  [{ year: 1960, month: 3, day: null }, '昭和35年 3月 日不詳'],
  [{ year: 2019, month: 4, day: null }, '平成31年 4月 日不詳'],
  [{ year: 2019, month: 5, day: null }, '令和元年 5月 日不詳'],
])('%j is written %s', (date, text) => {
  expect(formatLedgerDate(date)).toBe(text);
});

test('no era is guessed when the unknown day may lie in two', () => {
  expect(formatLedgerDate({ year: 1989, month: null, day: null })).toBe('昭和64年又は平成元年 月日不詳');
  expect(formatLedgerDate({ year: 1989, month: 1, day: null })).toBe('昭和64年又は平成元年 1月 日不詳');
});

test('外国人住民 have their birth date in the western calendar', () => {
  expect(formatLedgerDate({ year: 1985, month: 3, day: 5 }, 'western')).toBe('1985年 3月 5日');
  expect(formatLedgerDate({ year: 1985, month: null, day: null }, 'western')).toBe('1985年 月日不詳');
});

test('an unknown day may be any day of its month, the 29th of February too', () => {
  expect([earliestDay({ year: 1960, month: 2, day: null }), latestDay({ year: 1960, month: 2, day: null })]).toEqual([
    '1960-02-01',
    '1960-02-29',
  ]);
  expect(latestDay({ year: 1961, month: null, day: null })).toBe('1961-12-31');
});

test('refuses days that cannot be', () => {
  expect(() => formatLedgerDate({ year: 1985, month: null, day: 5 })).toThrow(RangeError);
  expect(() => formatLedgerDate({ year: 1985, month: 2, day: 29 })).toThrow(RangeError);
  expect(() => formatLedgerDate({ year: 1985, month: 2, day: 29 }, 'western')).toThrow(RangeError);
});
