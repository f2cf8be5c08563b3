/** Append-only: the role of the running center may neither change nor delete a transfer. */
import type { Sql } from '@machikado/database';
import type { LedgerTable } from '../../store.ts';

export function ledgerTable(sql: Sql): LedgerTable {
  return {
    async book(transfers, at) {
      for (const { lgCode, orderId, copy, kind, debit, credit, amountYen, test } of transfers)
        await sql.run(
          `INSERT INTO ledger_transfers (lg_code, order_id, copy, kind, debit, credit, amount_yen, test, booked_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
          [lgCode, orderId, copy, kind, debit, credit, amountYen, test, at],
        );
    },

    async booked({ lgCode, orderId }, kind) {
      const row = await sql.maybe<{ yen: number }>(
        `SELECT amount_yen AS yen FROM ledger_transfers WHERE lg_code = $1 AND order_id = $2 AND copy = 0 AND kind = $3`,
        [lgCode, orderId, kind],
      );
      return row?.yen ?? 0;
    },

    async payOut({ lgCode, orderId, copy, kind, debit, credit, amountYen, test }, key, at) {
      const booked = await sql.run(
        `INSERT INTO ledger_transfers (lg_code, order_id, copy, kind, debit, credit, amount_yen, test, booked_at, payout_key)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`,
        [lgCode, orderId, copy, kind, debit, credit, amountYen, test, at, key],
      );
      return booked === 1;
    },

    async owed({ lgCode, orderId }) {
      const { yen } = await sql.one<{ yen: number }>(
        `SELECT coalesce(sum(CASE WHEN credit LIKE 'refund-payable:%' THEN amount_yen WHEN debit LIKE 'refund-payable:%'
           THEN -amount_yen END), 0) AS yen FROM ledger_transfers WHERE lg_code = $1 AND order_id = $2`,
        [lgCode, orderId],
      );
      return yen;
    },
  };
}
