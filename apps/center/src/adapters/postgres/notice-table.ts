/** What staff must look at, said once. */
import type { Sql } from '@machikado/database';
import type { Tables } from '../../store.ts';

export function noticeTable(sql: Sql): Tables['notices'] {
  return {
    async raise({ lgCode, orderId }, copy, notice, at) {
      await sql.run(
        `INSERT INTO notices (lg_code, order_id, copy, notice, raised_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING`,
        [lgCode, orderId, copy, notice, at],
      );
    },
  };
}
