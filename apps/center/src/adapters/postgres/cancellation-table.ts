/** 失効一覧: what stands in it is counted from the copies themselves; beside it, what each site was told. */
import type { Sql } from '@machikado/database';
import type { CancellationTable, CancelledCopy } from '../../store.ts';

const CANCELLED = "state IN ('uncertain', 'not-output', 'void')";
const PAUSE_FIRST_MS = 1_000;
const PAUSE_MAX_MS = 10 * 60_000;
/** Longer than a site may take to answer. Who died at it leaves the site to the others after this. */
const CLAIM_MS = 60_000;

export function cancellationTable(sql: Sql): CancellationTable {
  return {
    async count() {
      return (await sql.one<{ count: number }>(`SELECT count(*) AS count FROM order_copies WHERE ${CANCELLED}`)).count;
    },

    async newest(limit) {
      const rows = await sql.query<CancelledCopy & { readonly count: number }>(
        `SELECT c.lg_code AS "lgCode", c.issue_number AS "issueNumber", count(*) OVER () AS count
         FROM order_copies c JOIN orders o USING (lg_code, order_id) WHERE c.${CANCELLED}
         ORDER BY o.state_since DESC, c.lg_code, c.issue_number LIMIT $1`,
        [limit],
      );
      return { count: rows[0]?.count ?? 0, copies: rows };
    },

    async claimSite(site, count, now) {
      await sql.run('INSERT INTO cancellation_sites (site, next_at) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
        site,
        now,
      ]);
      return sql.maybe(
        `UPDATE cancellation_sites SET attempts = attempts + 1, next_at = $4
         WHERE site = $1 AND (next_at <= $2 OR (attempts = 0 AND version <= $3)) RETURNING version, attempts`,
        [site, now, count, new Date(now.getTime() + CLAIM_MS)],
      );
    },

    async told(site, claimed, version, nextAt) {
      const rows = await sql.run(
        `UPDATE cancellation_sites SET version = $4, attempts = 0, next_at = $5
         WHERE site = $1 AND version = $2 AND attempts = $3`,
        [site, claimed.version, claimed.attempts, version, nextAt],
      );
      return rows === 1;
    },

    async postpone(site, claimed, now) {
      const pauseMs = Math.min(PAUSE_FIRST_MS * 2 ** Math.min(claimed.attempts - 1, 20), PAUSE_MAX_MS);
      await sql.run('UPDATE cancellation_sites SET next_at = $4 WHERE site = $1 AND version = $2 AND attempts = $3', [
        site,
        claimed.version,
        claimed.attempts,
        new Date(now.getTime() + pauseMs),
      ]);
    },
  };
}
