/** Days of the ledgers, reckoned with: 不詳 counts as the first of what it may mean, and nothing is later than the day the town is generated for. */
import { addDays, type CalendarDate, earliestDay, partsOf, toCalendarDate } from '@machikado/domain';
import type { LedgerDate } from '@machikado/protocol';
import type { Random } from './random.ts';

export function onDay(date: CalendarDate): LedgerDate {
  return partsOf(date);
}

export function dayIn(random: Random, year: number): CalendarDate {
  return toCalendarDate({ year, month: random.between(1, 12), day: random.between(1, 28) });
}

export function daysAfter(date: LedgerDate, days: number): LedgerDate {
  return onDay(addDays(earliestDay(date), days));
}

export function isWhole(date: LedgerDate): boolean {
  return date.month !== null && date.day !== null;
}

/** The later of them. */
export function latest(...dates: readonly CalendarDate[]): CalendarDate {
  return dates.reduce((a, b) => (a > b ? a : b));
}
