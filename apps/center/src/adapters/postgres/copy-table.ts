/** Copies and the center’s shares. A share leaves the table in the same UPDATE that moves its copy on. */
import type { Sql } from '@machikado/database';
import type { Copy } from '../../model.ts';
import type { CopyTable } from '../../store.ts';

const COLUMNS = `copy, issue_number AS "issueNumber", fee_yen AS "feeYen", sheets, binding_digest AS "bindingDigest", state,
  center_share AS "centerShare", sheets_out AS "sheetsOut"`;

export function copyTable(sql: Sql): CopyTable {
  return {
    async insert({ lgCode, orderId }, copies) {
      let inserted = 0;
      for (const { copy, issueNumber, feeYen, sheets, bindingDigest, state, centerShare } of copies)
        inserted += await sql.run(
          `INSERT INTO order_copies (lg_code, order_id, copy, issue_number, fee_yen, sheets, binding_digest, state, center_share)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
          [lgCode, orderId, copy, issueNumber, feeYen, sheets, bindingDigest, state, centerShare],
        );
      return inserted === copies.length;
    },

    of: ({ lgCode, orderId }) =>
      sql.query<Copy>(`SELECT ${COLUMNS} FROM order_copies WHERE lg_code = $1 AND order_id = $2 ORDER BY copy`, [
        lgCode,
        orderId,
      ]),

    async moveAll({ lgCode, orderId }, from, to) {
      const moved = await sql.query<{ copy: number }>(
        `UPDATE order_copies SET state = $4, center_share = CASE WHEN $4 = 'released' THEN center_share END
         WHERE lg_code = $1 AND order_id = $2 AND state = $3 RETURNING copy`,
        [lgCode, orderId, from, to],
      );
      return moved.map(({ copy }) => copy).sort((a, b) => a - b);
    },
  };
}
