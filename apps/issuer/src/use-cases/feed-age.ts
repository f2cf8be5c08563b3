/** A registration is only as good as the feed behind it: an old feed could let somebody in who moved out or died. */
import { refuse } from '@machikado/protocol';
import type { Municipality } from '../ports.ts';
import { type FeedPosition, feedPosition } from '../store/feed-book.ts';
import type { MunicipalSql } from '../store/municipal-sql.ts';

const HOUR_MS = 3_600_000;
/** Clocks of servers on one database differ a little; a feed from further in the future is not believed. */
const SKEW_MS = 60_000;

export function isStale({ followedAt }: FeedPosition, town: Municipality, now: Date): boolean {
  if (followedAt === null) return true;
  const ageMs = now.getTime() - followedAt.getTime();
  return ageMs > town.settings.nightlyFeed.staleAfterHours * HOUR_MS || ageMs < -SKEW_MS;
}

export async function refuseStaleFeed(tx: MunicipalSql, town: Municipality, now: Date): Promise<void> {
  if (isStale(await feedPosition(tx), town, now)) refuse('REGISTRY_UNAVAILABLE', 'the feed is stale');
}
