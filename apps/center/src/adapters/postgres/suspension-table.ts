/** 取扱停止: one active row per municipality and kind; released rows stay as history. */
import type { Sql } from '@machikado/database';
import type { Suspension } from '../../model.ts';
import type { SuspensionTable } from '../../store.ts';

export function suspensionTable(sql: Sql): SuspensionTable {
  return {
    async suspend({ lgCode, kind }, orderId, reason, at) {
      const inserted = await sql.run(
        `INSERT INTO suspensions (lg_code, kind, order_id, reason, suspended_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (lg_code, kind) WHERE released_at IS NULL DO NOTHING`,
        [lgCode, kind, orderId, reason, at],
      );
      return inserted === 1;
    },

    async release({ lgCode, kind }, staff, reason, at) {
      const released = await sql.run(
        `UPDATE suspensions SET released_at = $5, released_by = $3, release_reason = $4
         WHERE lg_code = $1 AND kind = $2 AND released_at IS NULL`,
        [lgCode, kind, staff, reason, at],
      );
      return released === 1;
    },

    active: (lgCode) =>
      sql.query<Suspension>(
        `SELECT lg_code AS "lgCode", kind FROM suspensions
         WHERE released_at IS NULL AND ($1::text IS NULL OR lg_code = $1) ORDER BY lg_code, kind`,
        [lgCode ?? null],
      ),
  };
}
