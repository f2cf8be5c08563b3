/** 手数料: what one copy costs, by kind of certificate and by day. Whole yen. */
import type { CalendarDate } from './calendar.ts';
import { type EffectiveDated, valueOn } from './effective-dated.ts';

export type Tariff = Readonly<Record<string, readonly EffectiveDated<number>[]>>;

/** Fee of one copy on that day, or nothing when the municipality has none for this kind. */
export function findFeeYen(tariff: Tariff, kind: string, date: CalendarDate): number | undefined {
  return Object.hasOwn(tariff, kind) ? valueOn(tariff[kind] ?? [], date) : undefined;
}
