/**
 * Orders. Every move names the state it expects; a due order is claimed so that no other center waits for it. The door from an order id to its shard is
 * opened within the statement that asks.
 */
import type { Sql } from '@machikado/database';
import type { Copy, Order } from '../../model.ts';
import type { OrderTable } from '../../store.ts';
import { changeOrder } from './change-order.ts';

const COLUMNS = `orders.lg_code AS "lgCode", orders.order_id AS "orderId", session_id AS "sessionId", kiosk_id AS "kioskId",
  operator_id AS "operatorId", kind, copies, orders.fee_yen AS "feeYen", test, replaces, request_digest AS "requestDigest",
  selection_digest AS "selectionDigest", orders.state, state_since AS "stateSince", due_at AS "dueAt",
  manifest_digest AS "manifestDigest", payment_digest AS "paymentDigest", outcome_digest AS "outcomeDigest"`;

/** An order stands in every row of its copies. */
const COPY_COLUMNS = `c.copy AS "c.copy", c.issue_number AS "c.issueNumber", c.fee_yen AS "c.feeYen", c.sheets AS "c.sheets",
  c.binding_digest AS "c.bindingDigest", c.state AS "c.state", c.center_share AS "c.centerShare", c.sheets_out AS "c.sheetsOut"`;

const BY_ID = 'orders.lg_code = (SELECT lg_code FROM order_index WHERE order_id = $1) AND orders.order_id = $1';

export function orderTable(sql: Sql): OrderTable {
  return {
    async insert(order) {
      const { lgCode, orderId } = order;
      const fresh = await sql.run(
        'INSERT INTO order_index (order_id, lg_code) VALUES ($1, $2) ON CONFLICT DO NOTHING',
        [orderId, lgCode],
      );
      if (fresh === 0) return false;
      await sql.run(
        `INSERT INTO orders (lg_code, order_id, session_id, kiosk_id, operator_id, kind, copies, fee_yen, test, replaces,
           request_digest, selection_digest, state, state_since, due_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
        [
          lgCode,
          orderId,
          order.sessionId,
          order.kioskId,
          order.operatorId,
          order.kind,
          order.copies,
          order.feeYen,
          order.test,
          order.replaces,
          order.requestDigest,
          order.selectionDigest,
          order.state,
          order.stateSince,
          order.dueAt,
        ],
      );
      return true;
    },

    find: (orderId) => sql.maybe<Order>(`SELECT ${COLUMNS} FROM orders WHERE ${BY_ID}`, [orderId]),

    async findWithCopies(orderId) {
      const rows = await sql.query<Order & CopyColumns>(
        `SELECT ${COLUMNS}, ${COPY_COLUMNS} FROM orders LEFT JOIN order_copies c USING (lg_code, order_id)
         WHERE ${BY_ID} ORDER BY c.copy`,
        [orderId],
      );
      const [first] = rows;
      return first && { order: orderIn(first), copies: rows.flatMap(copyIn) };
    },

    change: (change) => changeOrder(sql, change),

    async move({ lgCode, orderId }, from, to, patch) {
      const { stateSince, dueAt, manifestDigest, paymentDigest, outcomeDigest } = patch;
      const moved = await sql.run(
        `UPDATE orders SET state = $4, state_since = $5, due_at = $6, manifest_digest = coalesce($7, manifest_digest),
           payment_digest = coalesce($8, payment_digest), outcome_digest = coalesce($9, outcome_digest)
         WHERE lg_code = $1 AND order_id = $2 AND state = $3`,
        [
          lgCode,
          orderId,
          from,
          to,
          stateSince,
          dueAt,
          manifestDigest ?? null,
          paymentDigest ?? null,
          outcomeDigest ?? null,
        ],
      );
      return moved === 1;
    },

    async municipalitiesWithDue(state, now) {
      const rows = await sql.query<{ lgCode: string }>(
        'SELECT DISTINCT lg_code AS "lgCode" FROM orders WHERE state = $1 AND due_at <= $2',
        [state, now],
      );
      return rows.map(({ lgCode }) => lgCode);
    },

    claimDue: (lgCode, state, now, limit) =>
      sql.query<Order>(
        `SELECT ${COLUMNS} FROM orders WHERE lg_code = $1 AND state = $2 AND due_at <= $3
         ORDER BY due_at LIMIT $4 FOR UPDATE SKIP LOCKED`,
        [lgCode, state, now, limit],
      ),

    async lock({ lgCode, orderId }) {
      await sql.one('SELECT 1 FROM orders WHERE lg_code = $1 AND order_id = $2 FOR UPDATE', [lgCode, orderId]);
    },

    async clearDue({ lgCode, orderId }) {
      await sql.run('UPDATE orders SET due_at = NULL WHERE lg_code = $1 AND order_id = $2', [lgCode, orderId]);
    },
  };
}

type CopyColumns = { readonly [Column in keyof Copy as `c.${Column}`]: Copy[Column] } | { readonly 'c.copy': null };

function orderIn(row: Order & CopyColumns): Order {
  const columns = Object.entries(row).filter(([column]) => !column.startsWith('c.'));
  return Object.fromEntries(columns) as unknown as Order;
}

function copyIn(row: CopyColumns): Copy[] {
  if (row['c.copy'] === null) return [];
  return [
    {
      copy: row['c.copy'],
      issueNumber: row['c.issueNumber'],
      feeYen: row['c.feeYen'],
      sheets: row['c.sheets'],
      bindingDigest: row['c.bindingDigest'],
      state: row['c.state'],
      centerShare: row['c.centerShare'],
      sheetsOut: row['c.sheetsOut'],
    },
  ];
}
