/**
 * Dates as they must stand on the paper, by the calendar of ICU. Spaces are not compared, so none are written. An unknown day of
 * a year of two eras belongs to either.
 */
import type { LedgerDate } from '@machikado/protocol';

const eraYear = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', { era: 'long', year: 'numeric', timeZone: 'UTC' });

export function japaneseDate({ year, month, day }: LedgerDate): string {
  const first = eraYear.format(Date.UTC(year, (month ?? 1) - 1, day ?? 1));
  // Day 0 of the next month is the last of this one.
  const last = eraYear.format(Date.UTC(year, month ?? 12, 0));
  const years = day !== null || first === last ? first : `${first}又は${last}`;
  return years + monthAndDay(month, day);
}

export function westernDate({ year, month, day }: LedgerDate): string {
  return `${year}年${monthAndDay(month, day)}`;
}

function monthAndDay(month: number | null, day: number | null): string {
  if (month === null) return '月日不詳';
  return day === null ? `${month}月日不詳` : `${month}月${day}日`;
}
