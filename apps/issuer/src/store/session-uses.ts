/**
 * How often one proof was used here. A session belongs to one proof for ever, and a proof that somebody kept cannot be played
 * again without end while it is fresh.
 */
import type { MunicipalSql } from './municipal-sql.ts';

export interface SessionUse {
  readonly proofRef: string;
  readonly offers: number;
  readonly orders: number;
}

/** Counts this use and returns the counts with it; the proof is the one of the first use. */
export function countSessionUse(
  tx: MunicipalSql,
  use: { readonly sessionId: string; readonly proofRef: string; readonly purpose: 'offers' | 'order' },
  now: Date,
): Promise<SessionUse> {
  const [offers, orders] = use.purpose === 'offers' ? [1, 0] : [0, 1];
  return tx.one<SessionUse>(
    `insert into session_use (lg_code, session_id, proof_ref, offers, orders, last_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (lg_code, session_id) do update
       set offers = session_use.offers + $4, orders = session_use.orders + $5, last_at = $6
     returning proof_ref as "proofRef", offers, orders`,
    [tx.lgCode, use.sessionId, use.proofRef, offers, orders, now],
  );
}

/** A proof is too old for any use long before. */
export async function forgetSessionsBefore(tx: MunicipalSql, before: Date): Promise<void> {
  await tx.run('delete from session_use where lg_code = $1 and last_at < $2', [tx.lgCode, before]);
}
