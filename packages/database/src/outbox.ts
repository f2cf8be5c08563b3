/**
 * The outbox: what must reach the outside is written in the transaction that decided it, and delivered later, one transaction
 * a row, by whichever process claims it first. Delivery can happen twice (a lost answer, a killed process), so receivers are
 * idempotent by outbox id.
 *
 * The table belongs to the app's own migrations:
 *
 *   create table outbox (
 *     lg_code text not null, outbox_id text not null, topic text not null, payload jsonb not null,
 *     attempts int not null default 0, next_at timestamptz not null,
 *     primary key (lg_code, outbox_id));
 *   create index on outbox (next_at);
 *   grant select, insert, update, delete on outbox to :app_role;
 */
import { identifier, type Sql } from './sql.ts';

export interface OutboxRow<P = unknown> {
  readonly outboxId: string;
  readonly lgCode: string;
  readonly topic: string;
  readonly payload: P;
  /** How often delivery failed before. */
  readonly attempts: number;
}

export interface NewOutboxRow {
  readonly table: string;
  readonly outboxId: string;
  readonly lgCode: string;
  readonly topic: string;
  readonly payload: unknown;
  readonly now: Date;
}

export interface ClaimOptions {
  readonly table: string;
  readonly now: Date;
  /** The shard key; a sharded database claims per municipality. */
  readonly lgCode?: string;
  /** Default 1: one transaction a row. */
  readonly limit?: number;
}

const BACKOFF_FIRST_MS = 1_000;
const BACKOFF_MAX_MS = 10 * 60_000;

/** Writing the same row again has no effect. */
export async function enqueueOutbox(tx: Sql, row: NewOutboxRow): Promise<void> {
  await tx.run(
    `insert into ${identifier(row.table)} (lg_code, outbox_id, topic, payload, next_at) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [row.lgCode, row.outboxId, row.topic, JSON.stringify(row.payload), row.now],
  );
}

/** FOR UPDATE SKIP LOCKED: the rows are ours until the transaction ends, and nobody waits for them. */
export function claimOutbox<P = unknown>(tx: Sql, options: ClaimOptions): Promise<OutboxRow<P>[]> {
  const { table, now, lgCode, limit = 1 } = options;
  return tx.query<OutboxRow<P>>(
    `select outbox_id as "outboxId", lg_code as "lgCode", topic, payload, attempts from ${identifier(table)}
     where next_at <= $1 and ($2::text is null or lg_code = $2) order by next_at limit $3 for update skip locked`,
    [now, lgCode ?? null, limit],
  );
}

/** Takes a delivered row out. */
export async function settleOutbox(tx: Sql, table: string, row: OutboxRow): Promise<void> {
  await tx.run(`delete from ${identifier(table)} where lg_code = $1 and outbox_id = $2`, [row.lgCode, row.outboxId]);
}

/** Doubles the pause with every failure, up to ten minutes; a row is never given up silently. */
export async function postponeOutbox(tx: Sql, table: string, row: OutboxRow, now: Date): Promise<void> {
  const pauseMs = Math.min(BACKOFF_FIRST_MS * 2 ** Math.min(row.attempts, 20), BACKOFF_MAX_MS);
  await tx.run(
    `update ${identifier(table)} set attempts = attempts + 1, next_at = $3 where lg_code = $1 and outbox_id = $2`,
    [row.lgCode, row.outboxId, new Date(now.getTime() + pauseMs)],
  );
}
