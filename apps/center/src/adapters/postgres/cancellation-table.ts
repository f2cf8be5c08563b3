/** 失効一覧: what stands in it is counted from the copies themselves; beside it, what each site was told. */
import type { Sql } from '@machikado/database';
import type { CancellationTable, CancelledCopy } from '../../store.ts';

const CANCELLED = "state IN ('uncertain', 'not-output', 'void')";
const PAUSE_FIRST_MS = 1_000;
const PAUSE_MAX_MS = 10 * 60_000;

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
        `SELECT version, attempts FROM cancellation_sites
         WHERE site = $1 AND (next_at <= $2 OR (attempts = 0 AND version <= $3)) FOR UPDATE SKIP LOCKED`,
        [site, now, count],
      );
    },

    async told(site, version, nextAt) {
      await sql.run('UPDATE cancellation_sites SET version = $2, attempts = 0, next_at = $3 WHERE site = $1', [
        site,
        version,
        nextAt,
      ]);
    },

    async postpone(site, attempts, now) {
      const pauseMs = Math.min(PAUSE_FIRST_MS * 2 ** Math.min(attempts, 20), PAUSE_MAX_MS);
      await sql.run('UPDATE cancellation_sites SET attempts = $2, next_at = $3 WHERE site = $1', [
        site,
        attempts + 1,
        new Date(now.getTime() + pauseMs),
      ]);
    },
  };
}
