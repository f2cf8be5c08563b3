/**
 * Dates in a ledger (住民票の生年月日 and others). Month and day may be 不詳 (unknown), so a ledger date is no `Date` and is never
 * filled up with a first of January. Written with ASCII digits, each number two columns wide, as municipal systems print them:
 * 「昭和60年 3月 5日」「令和元年12月10日」「昭和35年 月日不詳」「昭和35年 3月 日不詳」. 外国人住民 have their birth date in
 * the western calendar: 「1985年 3月 5日」.
 */
import { type CalendarDate, daysInMonth, toCalendarDate } from './calendar.ts';
import { eraOn, formatEraYear } from './wareki.ts';

export interface LedgerDate {
  readonly year: number;
  readonly month: number | null;
  readonly day: number | null;
}

export function formatLedgerDate(date: LedgerDate, calendar: 'wareki' | 'western' = 'wareki'): string {
  const year = calendar === 'wareki' ? warekiYear(date) : `${earliestDay(date).slice(0, 4)}年`;
  if (date.month === null) return `${year} 月日不詳`;
  const month = `${year}${String(date.month).padStart(2)}月`;
  return date.day === null ? `${month} 日不詳` : `${month}${String(date.day).padStart(2)}日`;
}

/** The first day that it may mean. */
export function earliestDay(date: LedgerDate): CalendarDate {
  refuseDayWithoutMonth(date);
  return toCalendarDate({ year: date.year, month: date.month ?? 1, day: date.day ?? 1 });
}

/** The last day that it may mean. */
export function latestDay(date: LedgerDate): CalendarDate {
  refuseDayWithoutMonth(date);
  const month = date.month ?? 12;
  return toCalendarDate({ year: date.year, month, day: date.day ?? daysInMonth(date.year, month) });
}

/** In a year with two eras an unknown day belongs to either; both are written, none is guessed. */
function warekiYear(date: LedgerDate): string {
  const possible = new Set([eraOn(earliestDay(date)), eraOn(latestDay(date))]);
  return [...possible].map((era) => formatEraYear(era, date.year)).join('又は');
}

function refuseDayWithoutMonth({ month, day }: LedgerDate): void {
  if (month === null && day !== null) throw new RangeError('a day without its month is no ledger date');
}
