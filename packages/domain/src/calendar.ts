/**
 * Days in Japan. A `CalendarDate` is a day as written (`2026-03-05`), sorts as text and has no time zone; an instant is a
 * `Date` and becomes a day only through Japan Standard Time (日本標準時, UTC+9, no summer time since 1951).
 */
import holidayJp from '@holiday-jp/holiday_jp';

declare const brand: unique symbol;
export type CalendarDate = string & { readonly [brand]: 'CalendarDate' };

export interface YearMonthDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Weekday = (typeof weekdays)[number];

export const DAY_MS = 86_400_000;
const JST_OFFSET_MS = 9 * 3_600_000;

export function parseCalendarDate(text: string): CalendarDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new RangeError('not a date of the form YYYY-MM-DD');
  const parsed = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(parsed.getTime()) || !parsed.toISOString().startsWith(text)) throw new RangeError('no such day');
  return text as CalendarDate;
}

export function toCalendarDate({ year, month, day }: YearMonthDay): CalendarDate {
  return parseCalendarDate(`${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`);
}

export function partsOf(date: CalendarDate): YearMonthDay {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}

/** The day in Japan at this instant. */
export function jstDateOf(instant: Date): CalendarDate {
  return new Date(instant.getTime() + JST_OFFSET_MS).toISOString().slice(0, 10) as CalendarDate;
}

/** Milliseconds since midnight in Japan. */
export function jstTimeOfDayMs(instant: Date): number {
  const ms = (instant.getTime() + JST_OFFSET_MS) % DAY_MS;
  return ms < 0 ? ms + DAY_MS : ms;
}

/** The instant at which a day in Japan is this many milliseconds old. */
export function instantInJst(date: CalendarDate, timeOfDayMs = 0): Date {
  return new Date(Date.parse(`${date}T00:00:00Z`) - JST_OFFSET_MS + timeOfDayMs);
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10) as CalendarDate;
}

export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

export function weekdayOf(date: CalendarDate): Weekday {
  return weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()] as Weekday;
}

/** 国民の祝日に関する法律: holidays, substitute holidays and 国民の休日. The table ends with 2050. */
export function isHoliday(date: CalendarDate): boolean {
  return Object.hasOwn(holidayJp.holidays, date);
}

function twoDigits(n: number): string {
  return String(n).padStart(2, '0');
}
