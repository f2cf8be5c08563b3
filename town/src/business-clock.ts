/**
 * The business clock of a demonstration. A newcomer may arrive at night: then the town opens at 10:00 of the next day on
 * which every municipality serves all that it issues, and says so.
 */
import { addDays, instantInJst, isOpen, jstDateOf } from '@machikado/domain';
import { inventedTowns } from './invented-towns.ts';

const TEN_O_CLOCK_MS = 10 * 3_600_000;
const SEARCH_DAYS = 30;

/** Milliseconds to add to the machine’s time; 0 while everything is open. */
export function openingOffsetMs(now: Date): number {
  if (allOpen(now)) return 0;
  for (let i = 0, date = jstDateOf(now); i < SEARCH_DAYS; i++, date = addDays(date, 1)) {
    const opening = instantInJst(date, TEN_O_CLOCK_MS);
    if (opening > now && allOpen(opening)) return opening.getTime() - now.getTime();
  }
  throw new Error('the invented towns never open');
}

function allOpen(instant: Date): boolean {
  return inventedTowns.every(({ settings: { hours, kinds } }) =>
    Object.keys(kinds).every((kind) => isOpen(hours, instant, kind)),
  );
}
