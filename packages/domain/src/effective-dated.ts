/**
 * 適用日付き: a value that holds from a day on until the next one takes its place. Fees, mayors, seals, hours and eras change
 * this way, without a restart and without a day’s stop.
 */
import type { CalendarDate } from './calendar.ts';

export interface EffectiveDated<T> {
  /** First day (JST), `YYYY-MM-DD`. */
  readonly from: string;
  readonly value: T;
}

/** The value of that day, or nothing before the first entry. The order of the entries does not matter. */
export function valueOn<T>(entries: readonly EffectiveDated<T>[], date: CalendarDate): T | undefined {
  return entries
    .filter((entry) => entry.from <= date)
    .reduce<EffectiveDated<T> | undefined>((a, b) => (a && a.from > b.from ? a : b), undefined)?.value;
}
