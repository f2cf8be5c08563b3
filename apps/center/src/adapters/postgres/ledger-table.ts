/** Append-only: the role of the running center may neither change nor delete a transfer. */
import type { Sql } from '@machikado/database';
import type { Tables } from '../../store.ts';

export function ledgerTable(sql: Sql): Tables['ledger'] {
  return {
    async book(transfers, at) {
      for (const { lgCode, orderId, copy, kind, debit, credit, amountYen, test } of transfers)
        await sql.run(
          `INSERT INTO ledger_transfers (lg_code, order_id, copy, kind, debit, credit, amount_yen, test, booked_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
          [lgCode, orderId, copy, kind, debit, credit, amountYen, test, at],
        );
    },
  };
}
