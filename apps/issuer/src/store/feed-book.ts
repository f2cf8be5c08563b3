/** How far the registry’s feed was followed, and when by the business clock. */
import type { MunicipalSql } from './municipal-sql.ts';

export interface FeedPosition {
  readonly seq: number;
  /** Nightly runs that came to their end. */
  readonly run: number;
  /** How old the reading is that the registry gave for the last run. */
  readonly followedAt: Date | null;
  /** When the last nightly work was done: the feed followed, the books compared. */
  readonly runAt: Date | null;
}

const COLUMNS = 'seq, run, followed_at as "followedAt", run_at as "runAt"';

export function feedPosition(tx: MunicipalSql): Promise<FeedPosition> {
  return tx.one<FeedPosition>(`select ${COLUMNS} from feed where lg_code = $1`, [tx.lgCode]);
}

/** Undefined when another server is at it. */
export function claimFeed(tx: MunicipalSql): Promise<FeedPosition | undefined> {
  return tx.maybe<FeedPosition>(`select ${COLUMNS} from feed where lg_code = $1 for update skip locked`, [tx.lgCode]);
}

export async function moveFeed(tx: MunicipalSql, seq: number): Promise<void> {
  await tx.run('update feed set seq = greatest(seq, $2) where lg_code = $1', [tx.lgCode, seq]);
}

export async function endFeedRun(tx: MunicipalSql, run: number, followedAt: Date): Promise<void> {
  await tx.run('update feed set run = $2, followed_at = $3 where lg_code = $1', [tx.lgCode, run, followedAt]);
}

export async function endNight(tx: MunicipalSql, runAt: Date): Promise<void> {
  await tx.run('update feed set run_at = $2 where lg_code = $1', [tx.lgCode, runAt]);
}
