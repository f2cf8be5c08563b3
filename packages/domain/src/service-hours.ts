/**
 * 利用時間: the center serves from 6:30 to 23:00 JST every day except from 29 December to 3 January. A municipality may narrow
 * this by weekday, holiday and kind of certificate, and close for maintenance; whatever it writes, it is never open outside the
 * center’s hours. No order begins after closing, but one that began before may finish.
 */
import {
  addDays,
  type CalendarDate,
  instantInJst,
  isHoliday,
  jstDateOf,
  jstTimeOfDayMs,
  weekdayOf,
  weekdays,
} from './calendar.ts';

/** A holiday counts as `holiday` and no longer as its weekday. */
export const dayTypes = [...weekdays, 'holiday'] as const;
export type DayType = (typeof dayTypes)[number];

export interface OpeningRule {
  readonly days: readonly DayType[];
  /** `HH:MM` JST; open from this minute on. */
  readonly from: string;
  /** `HH:MM` JST; closed from this minute on. */
  readonly to: string;
}

export interface Closure {
  /** Instants, RFC 3339. */
  readonly from: string;
  /** Absent: until further notice. */
  readonly to?: string;
  /** Without kinds, everything is closed. */
  readonly kinds?: readonly string[];
}

/** How a municipality narrows the center’s hours; `{}` are the center’s own. */
export interface ServiceHours {
  /** For every kind without rules of its own. No rules: as the center. An empty list: never. */
  readonly rules?: readonly OpeningRule[];
  readonly rulesByKind?: Readonly<Record<string, readonly OpeningRule[]>>;
  readonly closures?: readonly Closure[];
}

export const centerRules: readonly OpeningRule[] = [{ days: dayTypes, from: '06:30', to: '23:00' }];
const SEARCH_DAYS = 400;

/** May an order begin now? Without `kind`, asks for the municipality as a whole. */
export function isOpen(hours: ServiceHours, instant: Date, kind?: string): boolean {
  const date = jstDateOf(instant);
  const time = jstTimeOfDayMs(instant);
  return (
    spansOn(hours, date, kind).some((span) => span.fromMs <= time && time < span.toMs) &&
    !closureAt(hours, instant, kind)
  );
}

/** The first instant from now on at which an order may begin; now, when it is open. Nothing within about a year: undefined. */
export function nextOpening(hours: ServiceHours, instant: Date, kind?: string): Date | undefined {
  let date = jstDateOf(instant);
  for (let i = 0; i < SEARCH_DAYS; i++, date = addDays(date, 1)) {
    const found = openingsOn(hours, date, instant, kind).find((opening) => isOpen(hours, opening, kind));
    if (found) return found;
  }
  return undefined;
}

/** Every instant of that day at which something may begin: now, the starts of spans and the ends of closures. */
function openingsOn(hours: ServiceHours, date: CalendarDate, now: Date, kind: string | undefined): Date[] {
  const starts = spansOn(hours, date, kind).map((span) => instantInJst(date, span.fromMs));
  const ends = (hours.closures ?? []).flatMap(({ to }) => (to === undefined ? [] : [new Date(to)]));
  return [now, ...starts, ...ends]
    .filter((instant) => instant >= now && jstDateOf(instant) === date)
    .sort((a, b) => a.getTime() - b.getTime());
}

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

function spansOn(hours: ServiceHours, date: CalendarDate, kind: string | undefined): Span[] {
  if (isYearEnd(date)) return [];
  const own = (kind !== undefined ? hours.rulesByKind?.[kind] : undefined) ?? hours.rules ?? centerRules;
  return spansOf(centerRules, date)
    .flatMap((center) =>
      spansOf(own, date).map((span) => ({
        fromMs: Math.max(center.fromMs, span.fromMs),
        toMs: Math.min(center.toMs, span.toMs),
      })),
    )
    .filter((span) => span.fromMs < span.toMs);
}

function spansOf(rules: readonly OpeningRule[], date: CalendarDate): Span[] {
  const dayType: DayType = isHoliday(date) ? 'holiday' : weekdayOf(date);
  return rules
    .filter((rule) => rule.days.includes(dayType))
    .map((rule) => ({ fromMs: timeOfDayMs(rule.from), toMs: timeOfDayMs(rule.to) }));
}

function closureAt(hours: ServiceHours, instant: Date, kind: string | undefined): boolean {
  const now = instant.getTime();
  return (hours.closures ?? []).some(
    ({ from, to, kinds }) =>
      (kinds === undefined || (kind !== undefined && kinds.includes(kind))) &&
      Date.parse(from) <= now &&
      (to === undefined || now < Date.parse(to)),
  );
}

function isYearEnd(date: CalendarDate): boolean {
  const monthDay = date.slice(5);
  return monthDay >= '12-29' || monthDay <= '01-03';
}

function timeOfDayMs(text: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$|^24:00$/.exec(text);
  if (!match) throw new RangeError('not a time of the form HH:MM');
  return text === '24:00' ? 86_400_000 : (Number(match[1]) * 60 + Number(match[2])) * 60_000;
}
