/** What staff must look at, said once. */
import type { Sql } from '@machikado/database';
import type { NoticeTable, RaisedNotice } from '../../store.ts';

export function noticeTable(sql: Sql): NoticeTable {
  return {
    async raise({ lgCode, orderId }, copy, notice, at) {
      const raised = await sql.run(
        `INSERT INTO notices (lg_code, order_id, copy, notice, raised_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING`,
        [lgCode, orderId, copy, notice, at],
      );
      return raised === 1;
    },

    async resolve({ lgCode, orderId }, copy, notice, at) {
      const resolved = await sql.run(
        `UPDATE notices SET resolved_at = $5
         WHERE lg_code = $1 AND order_id = $2 AND copy = $3 AND notice = $4 AND resolved_at IS NULL`,
        [lgCode, orderId, copy, notice, at],
      );
      return resolved === 1;
    },

    all: () =>
      sql.query<RaisedNotice>(
        `SELECT lg_code AS "lgCode", order_id AS "orderId", copy, notice, raised_at AS "raisedAt", resolved_at AS "resolvedAt"
         FROM notices ORDER BY raised_at, lg_code, order_id, copy`,
      ),
  };
}
