/**
 * A line of a book: how one resident, or one 印鑑登録, stands. Versions only go up and 廃印 is for good, so that events which come
 * late, again, in another order or not at all can never bring a cancelled registration back: who registers again gets a new id.
 */
import type { FeedEvent, StatusLineOfBook } from '@machikado/protocol';

export type Book = 'residents' | 'seals';
export const books: readonly Book[] = ['residents', 'seals'];

export interface BookLine {
  readonly id: string;
  readonly version: number;
  readonly state: StatusLineOfBook['state'];
  /** Whose 印鑑登録 it is. */
  readonly residentId: string | null;
}

const severity = { active: 0, suspended: 1, cancelled: 2, present: 0, domicile: 1, gone: 2 } as const;

export function isEnded({ state }: Pick<BookLine, 'state'>): boolean {
  return severity[state] === 2;
}

/** Of two tellings about one id; the order in which they came plays no part. */
export function mergeLines(a: BookLine, b: BookLine): BookLine {
  const newer =
    a.version !== b.version ? (a.version > b.version ? a : b) : severity[a.state] >= severity[b.state] ? a : b;
  const cancelled = a.state === 'cancelled' || b.state === 'cancelled';
  return cancelled ? { ...newer, state: 'cancelled' } : newer;
}

const sealStateAfter = {
  'seal-registered': 'active',
  'seal-resumed': 'active',
  'seal-suspended': 'suspended',
  'seal-cancelled': 'cancelled',
} as const satisfies Partial<Record<FeedEvent['type'], BookLine['state']>>;
const residentStateAfter = {
  'moved-in': 'present',
  'moved-out': 'gone',
  died: 'gone',
} as const satisfies Partial<Record<FeedEvent['type'], BookLine['state']>>;

/** An event about a seal names the registration and its version. */
export function isWholeSealEvent({ type, registrationId, registrationVersion }: FeedEvent): boolean {
  return !Object.hasOwn(sealStateAfter, type) || (registrationId !== undefined && registrationVersion !== undefined);
}

export function sealLinesIn(events: readonly FeedEvent[]): BookLine[] {
  return events.flatMap(({ type, residentId, registrationId, registrationVersion }) => {
    if (!Object.hasOwn(sealStateAfter, type) || registrationId === undefined || registrationVersion === undefined)
      return [];
    const state = sealStateAfter[type as keyof typeof sealStateAfter];
    return [{ id: registrationId, version: registrationVersion, state, residentId }];
  });
}

export function residentLinesIn(events: readonly FeedEvent[]): BookLine[] {
  return events.flatMap(({ type, residentId, seq }) => {
    if (!Object.hasOwn(residentStateAfter, type)) return [];
    const state = residentStateAfter[type as keyof typeof residentStateAfter];
    return [{ id: residentId, version: seq, state, residentId: null }];
  });
}

/**
 * 突合 of one line. `learn`: the feed need not have told it. `take`: it should have, and the registry’s line is written down here,
 * because it allows no more than what stands here. `keep`: it allows more, or is older; what ended here stays ended.
 */
export function settleLine(mine: BookLine | undefined, theirs: BookLine): 'same' | 'learn' | 'take' | 'keep' {
  if (!mine) return 'learn';
  if (mine.state === theirs.state && mine.version === theirs.version && mine.residentId === theirs.residentId)
    return 'same';
  if (mine.residentId !== theirs.residentId) return 'keep';
  // Of those who left some have their 本籍 here; the feed does not say who. It lets nobody in as a resident.
  if (mine.state === 'gone' && theirs.state === 'domicile') return 'learn';
  if (severity[theirs.state] < severity[mine.state]) return 'keep';
  if (severity[theirs.state] > severity[mine.state]) return 'take';
  return theirs.version > mine.version ? 'take' : 'keep';
}
