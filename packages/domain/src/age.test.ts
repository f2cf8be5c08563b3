import { expect, test } from 'vitest';
import { ageOn, agesOn, hasReachedAge } from './age.ts';
import { parseCalendarDate as on } from './calendar.ts';

test.each([
  ['2011-11-22', '2026-11-21', 14],
  ['2011-11-22', '2026-11-22', 15],
  ['2011-11-22', '2011-11-22', 0],
  ['2011-11-22', '2011-11-21', -1],
  ['2012-02-29', '2027-02-28', 14],
  ['2012-02-29', '2027-03-01', 15],
  ['2012-02-29', '2028-02-28', 15],
  ['2012-02-29', '2028-02-29', 16],
  ['2012-03-01', '2027-02-28', 14],
  ['2012-03-01', '2027-03-01', 15],
  ['2012-04-01', '2027-03-31', 14],
])('born %s, on %s: %i', (birth, today, age) => {
  expect(ageOn(on(birth), on(today))).toBe(age);
});

test('with an unknown month the ages are a range, and the answer may be unknown', () => {
  const birth = { year: 2011, month: null, day: null };
  expect(agesOn(birth, on('2026-06-01'))).toEqual({ atLeast: 14, atMost: 15 });
  expect(hasReachedAge(15, birth, on('2026-06-01'))).toBe('unknown');
  expect(hasReachedAge(15, birth, on('2026-01-01'))).toBe('unknown');
  expect(hasReachedAge(15, birth, on('2025-12-31'))).toBe('no');
  expect(hasReachedAge(15, birth, on('2026-12-30'))).toBe('unknown');
  expect(hasReachedAge(15, birth, on('2026-12-31'))).toBe('yes');
});

test('with an unknown day the borders are those of the month', () => {
  const birth = { year: 2012, month: 2, day: null };
  expect(hasReachedAge(15, birth, on('2027-01-31'))).toBe('no');
  expect(hasReachedAge(15, birth, on('2027-02-28'))).toBe('unknown');
  expect(hasReachedAge(15, birth, on('2027-03-01'))).toBe('yes');
});
