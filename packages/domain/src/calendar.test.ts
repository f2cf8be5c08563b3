import { expect, test } from 'vitest';
import {
  addDays,
  instantInJst,
  isHoliday,
  jstDateOf,
  jstTimeOfDayMs,
  parseCalendarDate,
  weekdayOf,
} from './calendar.ts';

test('the day changes at midnight in Japan, which is 15:00 UTC', () => {
  expect(jstDateOf(new Date('2026-03-04T14:59:59.999Z'))).toBe('2026-03-04');
  expect(jstDateOf(new Date('2026-03-04T15:00:00Z'))).toBe('2026-03-05');
  expect(jstTimeOfDayMs(new Date('2026-03-04T15:00:00Z'))).toBe(0);
  expect(jstTimeOfDayMs(new Date('1969-12-31T14:59:59.999Z'))).toBe(86_399_999);
});

test('an instant and its day and time of day are one thing', () => {
  const instant = new Date('2026-11-22T05:41:23.456Z');
  expect(instantInJst(jstDateOf(instant), jstTimeOfDayMs(instant))).toEqual(instant);
});

test.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-4-1', '20260401', '2026-04-31'])('%s is no day', (text) => {
  expect(() => parseCalendarDate(text)).toThrow(RangeError);
});

test('counts days over the end of a leap February', () => {
  expect(addDays(parseCalendarDate('2028-02-28'), 1)).toBe('2028-02-29');
  expect(addDays(parseCalendarDate('2028-03-01'), -1)).toBe('2028-02-29');
});

test('knows weekdays, holidays, substitute holidays and 国民の休日', () => {
  expect(weekdayOf(parseCalendarDate('2026-11-22'))).toBe('sun');
  expect(isHoliday(parseCalendarDate('2026-11-23'))).toBe(true);
  expect(isHoliday(parseCalendarDate('2026-05-06'))).toBe(true);
  expect(isHoliday(parseCalendarDate('2026-09-22'))).toBe(true);
  expect(isHoliday(parseCalendarDate('2026-11-24'))).toBe(false);
});
