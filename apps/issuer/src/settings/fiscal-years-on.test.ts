import { parseCalendarDate as on } from '@machikado/domain';
import { expect, test } from 'vitest';
import { fiscalYearsOn } from './fiscal-years-on.ts';

test.each([
  ['2026-01-01', [2025, 2024, 2023]],
  ['2026-04-01', [2025, 2024, 2023]],
  ['2026-06-09', [2025, 2024, 2023]],
  ['2026-06-10', [2026, 2025, 2024]],
  ['2026-12-31', [2026, 2025, 2024]],
])('on %s a municipality that switches on 10 June offers %j', (date, years) => {
  expect(fiscalYearsOn({ count: 3, newFrom: '06-10' }, on(date))).toEqual(years);
});

test('a kind without 年度 has none on the menu', () => {
  expect(fiscalYearsOn(undefined, on('2026-06-10'))).toEqual([]);
});
