/**
 * 年齢計算ニ関する法律 with 民法143条: the day of birth counts, and a year of age is complete at the end of the day before the
 * birthday. Who was born on 29 February has, in a year without one, no corresponding day; the year then ends with the month, so
 * that the next age holds from 1 March. With a 不詳 birth date the answer may be unknown, and unknown is not “no”.
 */
import { type CalendarDate, daysInMonth, partsOf } from './calendar.ts';
import { earliestDay, type LedgerDate, latestDay } from './ledger-date.ts';

export type Tri = 'yes' | 'no' | 'unknown';

/** Completed years at the beginning of that day; negative before birth. */
export function ageOn(birth: CalendarDate, on: CalendarDate): number {
  const born = partsOf(birth);
  const today = partsOf(on);
  const years = today.year - born.year;
  return onOrAfterBirthday(born, today) ? years : years - 1;
}

/** All ages that the ledger allows on that day. */
export function agesOn(birth: LedgerDate, on: CalendarDate): { readonly atLeast: number; readonly atMost: number } {
  return { atLeast: ageOn(latestDay(birth), on), atMost: ageOn(earliestDay(birth), on) };
}

export function hasReachedAge(age: number, birth: LedgerDate, on: CalendarDate): Tri {
  const { atLeast, atMost } = agesOn(birth, on);
  if (atLeast >= age) return 'yes';
  return atMost < age ? 'no' : 'unknown';
}

function onOrAfterBirthday(
  born: { month: number; day: number },
  today: { year: number; month: number; day: number },
): boolean {
  if (today.month !== born.month) return today.month > born.month;
  // In a February without a 29th no day reaches it: the comparison is false until March.
  return today.day >= born.day && born.day <= daysInMonth(today.year, today.month);
}
