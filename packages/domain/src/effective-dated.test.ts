import { expect, test } from 'vitest';
import { parseCalendarDate } from './calendar.ts';
import { valueOn } from './effective-dated.ts';
import { findFeeYen } from './tariff.ts';

const on = parseCalendarDate;
const mayors = [
  { from: '2025-06-01', value: '二代目' },
  { from: '2021-06-01', value: '初代' },
];

test('a value holds from its day on until the next one takes its place', () => {
  expect(valueOn(mayors, on('2021-05-31'))).toBeUndefined();
  expect(valueOn(mayors, on('2021-06-01'))).toBe('初代');
  expect(valueOn(mayors, on('2025-05-31'))).toBe('初代');
  expect(valueOn(mayors, on('2025-06-01'))).toBe('二代目');
});

test('a new fee is taken on its day; a kind without a fee has none, and a fee may be nothing', () => {
  const tariff = {
    'resident-record': [
      { from: '2020-04-01', value: 300 },
      { from: '2026-10-01', value: 0 },
    ],
  };
  expect(findFeeYen(tariff, 'resident-record', on('2026-09-30'))).toBe(300);
  expect(findFeeYen(tariff, 'resident-record', on('2026-10-01'))).toBe(0);
  expect(findFeeYen(tariff, 'resident-record', on('2020-03-31'))).toBeUndefined();
  expect(findFeeYen(tariff, 'toString', on('2026-10-01'))).toBeUndefined();
});
