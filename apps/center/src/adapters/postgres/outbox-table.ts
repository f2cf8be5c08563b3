/** Mail to issuing servers, on the outbox of packages/database. */
import { claimOutbox, enqueueOutbox, postponeOutbox, type Sql, settleOutbox } from '@machikado/database';
import type { IssuerOutcome } from '@machikado/protocol';
import type { OutboxTable } from '../../store.ts';

const table = 'outcome_outbox';

export function outboxTable(sql: Sql): OutboxTable {
  return {
    put: (payload, now) =>
      enqueueOutbox(sql, { table, outboxId: payload.orderId, lgCode: payload.lgCode, topic: 'outcome', payload, now }),

    async municipalitiesWithDue(now) {
      const rows = await sql.query<{ lgCode: string }>(
        'SELECT DISTINCT lg_code AS "lgCode" FROM outcome_outbox WHERE next_at <= $1',
        [now],
      );
      return rows.map(({ lgCode }) => lgCode);
    },

    claimDue: async (lgCode, now) => (await claimOutbox<IssuerOutcome>(sql, { table, now, lgCode }))[0],
    settle: (row) => settleOutbox(sql, table, row),
    postpone: (row, now) => postponeOutbox(sql, table, row, now),
  };
}
