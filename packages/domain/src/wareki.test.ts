import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, parseCalendarDate, partsOf } from './calendar.ts';
import { formatWareki } from './wareki.ts';

test.each([
  ['1873-01-01', '明治 6年 1月 1日'],
  ['1912-07-29', '明治45年 7月29日'],
  ['1912-07-30', '大正元年 7月30日'],
  ['1926-12-24', '大正15年12月24日'],
  ['1926-12-25', '昭和元年12月25日'],
  ['1989-01-07', '昭和64年 1月 7日'],
  ['1989-01-08', '平成元年 1月 8日'],
  ['2019-04-30', '平成31年 4月30日'],
  ['2019-05-01', '令和元年 5月 1日'],
  ['2020-01-01', '令和 2年 1月 1日'],
])('%s is %s', (date, text) => {
  expect(formatWareki(parseCalendarDate(date))).toBe(text);
});

test('a date before 1873 is refused, not converted', () => {
  expect(() => formatWareki(parseCalendarDate('1872-12-31'))).toThrow(RangeError);
});

test('agrees with the calendar of ICU on every day', () => {
  const icu = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', { dateStyle: 'long', timeZone: 'UTC' });
  fc.assert(
    fc.property(fc.nat(80_000), (days) => {
      const date = addDays(parseCalendarDate('1873-01-01'), days);
      const { year, month, day } = partsOf(date);
      expect(formatWareki(date).replaceAll(' ', '')).toBe(icu.format(new Date(Date.UTC(year, month - 1, day))));
    }),
    { numRuns: 2_000, seed: 1873 },
  );
});
