/**
 * 交付記録: what was issued, refused, handed over, cancelled, suspended, released and looked up. The app can only add. Each
 * entry is sealed over the one before with a key that stands in no database, so that an entry changed, removed or slipped in
 * shows even when the whole table was rewritten.
 */
import { createHmac } from 'node:crypto';
import { canonicalJson, type Json } from '@machikado/pki';
import type { MunicipalSql } from './municipal-sql.ts';

/** One row per name. Names are facts in the past tense and never change their meaning. */
export const recordEvents = {
  'certificate-issued': 'A copy was issued under its issue number.',
  'issue-refused': 'An order was refused because of the persons on it. The exact reasons stand here and nowhere else.',
  'order-given-up': 'An order died: repeated, late, or a mismatch.',
  'copy-handed-over': 'The kiosk put the whole copy out.',
  'copy-cancelled': 'An issue number is void for good.',
  'kind-suspended': 'A mismatch was seen; the kind is not issued until staff release it.',
  'kind-released': 'Staff released a suspension, with name and reason.',
  'setting-set': 'Staff changed a setting of the municipality from a day or instant on, with name and reason.',
  'setting-lifted': 'Staff lifted a setting, with name and reason.',
  'restriction-set': 'Staff let nothing about one person leave a kiosk, with name and reason.',
  'restriction-lifted': 'Staff lifted such a restriction, with name and reason.',
  'restrictions-listed': 'Staff looked at all restrictions in force, with name and reason.',
  'registration-recorded': 'The counter recorded a fact of 利用者登録.',
  'book-differed':
    'What the feed had lost was found by comparison with the registry’s book: taken over, or kept as ended.',
  'book-left-unreconciled': 'A comparison of a book came to no end; what depends on it is not issued until one does.',
  'registry-imported': 'The files of the registry were taken over as a whole.',
  'record-looked-up': 'Staff looked at the record of an order, with name and reason.',
} as const;
export type RecordEvent = keyof typeof recordEvents;

export interface NewEntry {
  readonly event: RecordEvent;
  readonly body: { readonly [key: string]: Json };
}
export interface RecordEntry {
  readonly n: number;
  readonly at: Date;
  readonly event: RecordEvent;
  /** Canonical JSON, as it was sealed. */
  readonly body: string;
  readonly previous: string;
  readonly hash: string;
}

const BEFORE_THE_FIRST = '0'.repeat(64);

/** Writers of one municipality wait for each other here, on whichever server they run. */
export async function appendToRecord(
  tx: MunicipalSql,
  secret: Uint8Array,
  at: Date,
  entries: readonly NewEntry[],
): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`delivery_record:${tx.lgCode}`]);
  const last = await tx.maybe<{ n: number; hash: string }>(
    'select n, hash from delivery_record where lg_code = $1 order by n desc limit 1',
    [tx.lgCode],
  );
  let n = last?.n ?? 0;
  let previous = last?.hash ?? BEFORE_THE_FIRST;
  for (const entry of entries) {
    n += 1;
    const body = canonicalJson(entry.body);
    const hash = sealOver(secret, { n, at, event: entry.event, body, previous }, tx.lgCode);
    await tx.run(
      'insert into delivery_record (lg_code, n, at, event, body, previous, hash) values ($1, $2, $3, $4, $5, $6, $7)',
      [tx.lgCode, n, at, entry.event, body, previous, hash],
    );
    previous = hash;
  }
}

export type ChainVerdict =
  | { readonly kind: 'whole'; readonly entries: number; readonly head: string }
  | { readonly kind: 'broken'; readonly at: number };

/** Whole, or the first entry that does not follow. The head is for comparing with one that was noted elsewhere. */
export function verifyChain(secret: Uint8Array, lgCode: string, entries: Iterable<RecordEntry>): ChainVerdict {
  let n = 0;
  let head = BEFORE_THE_FIRST;
  for (const entry of entries) {
    n += 1;
    const follows = entry.n === n && entry.previous === head;
    if (!follows || entry.hash !== sealOver(secret, entry, lgCode)) return { kind: 'broken', at: n };
    head = entry.hash;
  }
  return { kind: 'whole', entries: n, head };
}

export function readRecord(tx: MunicipalSql): Promise<RecordEntry[]> {
  return tx.query<RecordEntry>(
    'select n, at, event, body, previous, hash from delivery_record where lg_code = $1 order by n',
    [tx.lgCode],
  );
}

export function readRecordOfOrder(tx: MunicipalSql, orderId: string): Promise<RecordEntry[]> {
  return tx.query<RecordEntry>(
    `select n, at, event, body, previous, hash from delivery_record
     where lg_code = $1 and (body::jsonb) ->> 'orderId' = $2 order by n`,
    [tx.lgCode, orderId],
  );
}

function sealOver(
  secret: Uint8Array,
  { n, at, event, body, previous }: Omit<RecordEntry, 'hash'>,
  lgCode: string,
): string {
  const sealed = canonicalJson({ lgCode, n, at: at.toISOString(), event, body, previous });
  return createHmac('sha256', secret).update(`machikado/delivery-record/v1\0${sealed}`).digest('hex');
}
