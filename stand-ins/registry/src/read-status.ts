/** 突合: the states of a whole book, counted afresh each time from the books themselves, so that nothing can fall out of step with them. */
import { createHash } from 'node:crypto';
import {
  type FeedEvent,
  type ReadStatusDigest,
  type StatusDigest,
  type StatusLineOfBook,
  statusBucketOf,
  statusDigestsOf,
} from '@machikado/protocol';
import type { TownBooks } from './books/town-books.ts';
import { isPresent } from './household-order.ts';

export function readStatus(
  books: TownBooks,
  feed: readonly FeedEvent[],
  { lgCode, book, bucket }: ReadStatusDigest,
): Omit<StatusDigest, 'readAt'> {
  const lines = book === 'seals' ? sealLines(books) : residentLines(books, feed);
  return {
    lgCode,
    latest: feed.length,
    ...(bucket === undefined
      ? { digests: statusDigestsOf(lines, sha256) }
      : { lines: lines.filter(({ id }) => statusBucketOf(id, sha256) === bucket) }),
  };
}

function sealLines({ seals }: TownBooks): StatusLineOfBook[] {
  return seals.values().map(({ registrationId: id, registrationVersion: version, state, residentId }) => ({
    ...{ id, version, state, residentId },
  }));
}

/** Who lived here once stays in the book; and who only has the 本籍 here is in it too. */
function residentLines({ householdOf, households, kosekiOf, koseki }: TownBooks, feed: readonly FeedEvent[]) {
  const told = new Map(
    feed
      .filter(({ type }) => type === 'moved-in' || type === 'moved-out' || type === 'died')
      .map(({ residentId, seq }) => [residentId, seq]),
  );
  const line = (id: string, state: StatusLineOfBook['state']) => ({ id, version: told.get(id) ?? 0, state });
  const residents = households
    .values()
    .flatMap(({ householdId, members }) =>
      members
        .filter(({ residentId }) => householdOf.get(residentId) === householdId)
        .map((member) => line(member.residentId, isPresent(member) ? 'present' : 'gone')),
    );
  const others = kosekiOf
    .ids()
    .filter((id) => householdOf.get(id) === undefined)
    .map((id) => {
      const family = koseki.get(kosekiOf.get(id) ?? '');
      const recorded = family?.members.some(({ residentId, status }) => residentId === id && status === 'recorded');
      return line(id, family?.state !== 'closed' && recorded ? 'domicile' : 'gone');
    });
  return [...residents, ...others];
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
