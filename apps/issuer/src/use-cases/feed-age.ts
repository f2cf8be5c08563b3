/**
 * A registration is only as good as the feed behind it: an old feed could let somebody in who moved out or died. The same holds for
 * each book that the feed tells of: until it was compared with the registry’s own, nobody knows what the feed left out.
 */
import { refuse } from '@machikado/protocol';
import type { Municipality } from '../ports.ts';
import type { Book } from '../registration/book-line.ts';
import { type BookStanding, bookStandings } from '../store/book-lines.ts';
import { type FeedPosition, feedPosition } from '../store/feed-book.ts';
import type { MunicipalSql } from '../store/municipal-sql.ts';

const HOUR_MS = 3_600_000;
/** Clocks of servers on one database differ a little; a feed from further in the future is not believed. */
const SKEW_MS = 60_000;

export function isStale({ followedAt }: Pick<FeedPosition, 'followedAt'>, town: Municipality, now: Date): boolean {
  if (followedAt === null) return true;
  const ageMs = now.getTime() - followedAt.getTime();
  return ageMs > town.settings.nightlyFeed.staleAfterHours * HOUR_MS || ageMs < -SKEW_MS;
}

export async function refuseStaleFeed(tx: MunicipalSql, town: Municipality, now: Date): Promise<void> {
  if (isStale(await feedPosition(tx), town, now)) refuse('REGISTRY_UNAVAILABLE', 'the feed is stale');
}

export async function refuseDoubtfulBook(tx: MunicipalSql, book: Book, town: Municipality, now: Date): Promise<void> {
  if ((await doubtfulBooks(tx, town, now)).has(book)) {
    refuse('REGISTRY_UNAVAILABLE', `the book of ${book} was not compared lately, or differs`);
  }
}

/** What depends on these books is not issued now. */
export async function doubtfulBooks(tx: MunicipalSql, town: Municipality, now: Date): Promise<Set<Book>> {
  const isDoubtful = ({ differs, reconciledAt }: BookStanding) =>
    differs || isStale({ followedAt: reconciledAt }, town, now);
  return new Set((await bookStandings(tx)).filter(isDoubtful).map(({ book }) => book));
}

/** When, by the business clock, the registry’s books were as a reply says: a registry that repeats an old reading makes nothing fresh. */
export function readingTime(readAt: string, asked: { readonly business: Date; readonly machine: Date }): Date {
  const ageMs = Math.max(0, asked.machine.getTime() - Date.parse(readAt));
  return new Date(asked.business.getTime() - ageMs);
}
