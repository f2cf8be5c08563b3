/**
 * 注文の遷移: a move of an order with all that follows from it, copies, audit, ledger, notices and mail, in one statement. Either the order stands as it was
 * read and everything is written, or nothing is.
 *
 * All parts see the database as of the statement’s begin, also when it had to wait for another move of the same order. So the move asks for the deadline
 * as well as for the state: whatever else writes about an order in one of these states clears its deadline in the same transaction.
 */
import type { Sql } from '@machikado/database';
import type { OrderChange } from '../../store.ts';

/** Parameters 1 to 23. */
const MOVED_AND_BOOKED = `
  moved AS (
    UPDATE orders SET state = $5, state_since = $6, due_at = $7,
      payment_digest = coalesce($8, payment_digest), outcome_digest = coalesce($9, outcome_digest)
    WHERE lg_code = $1 AND order_id = $2 AND state = $3 AND due_at IS NOT DISTINCT FROM $4
      AND NOT EXISTS (SELECT FROM suspensions s WHERE s.lg_code = $1 AND s.kind = $10 AND s.released_at IS NULL)
    RETURNING session_id, kiosk_id, kind, test
  ), copies AS (
    UPDATE order_copies c SET state = n.state, sheets_out = n.sheets_out,
      center_share = CASE WHEN n.state = 'released' THEN center_share END
    FROM moved, unnest($11::int[], $12::text[], $13::text[], $14::int[], $15::text[]) AS n (copy, before, state, sheets_out, event)
    WHERE c.lg_code = $1 AND c.order_id = $2 AND c.copy = n.copy AND c.state = n.before
    RETURNING c.copy, n.event
  ), audit AS (
    INSERT INTO audit_events (lg_code, event, at, session_id, order_id, copy, kiosk_id, kind, staff, reason)
    SELECT $1, e.event, $6, session_id, $2, e.copy, kiosk_id, kind, e.staff, e.reason
    FROM moved, (
      SELECT $16, NULL::int, $17, $18 UNION ALL SELECT event, copy, NULL, NULL FROM copies
    ) AS e (event, copy, staff, reason)
  ), booked AS (
    INSERT INTO ledger_transfers (lg_code, order_id, copy, kind, debit, credit, amount_yen, test, booked_at)
    SELECT $1, $2, t.copy, t.kind, t.debit, t.credit, t.yen, test, $6
    FROM moved, unnest($19::int[], $20::text[], $21::text[], $22::text[], $23::int[]) AS t (copy, kind, debit, credit, yen)
  )`;

const MAILED = `
  mailed AS (
    INSERT INTO outcome_outbox (lg_code, outbox_id, topic, payload, next_at)
    SELECT $1, $2, 'outcome', $24::jsonb, $6 FROM moved
    ON CONFLICT DO NOTHING
  )`;

const NOTED = `
  raised AS (
    INSERT INTO notices (lg_code, order_id, copy, notice, raised_at)
    SELECT $1, $2, n.copy, n.notice, $6 FROM moved, unnest($25::int[], $26::text[]) AS n (copy, notice)
    ON CONFLICT DO NOTHING
  ), resolved AS (
    UPDATE notices SET resolved_at = $6
    WHERE lg_code = $1 AND order_id = $2 AND notice = $27 AND resolved_at IS NULL AND EXISTS (SELECT FROM moved)
  )`;

const statementOf = (...parts: readonly string[]) => `WITH ${parts.join(', ')} SELECT 1 FROM moved`;
/** PostgreSQL sets up also what then writes no row, so what does not follow is left out. */
const PAYMENT = statementOf(MOVED_AND_BOOKED);
const OUTCOME = statementOf(MOVED_AND_BOOKED, MAILED);
const OUTCOME_WITH_NOTICES = statementOf(MOVED_AND_BOOKED, MAILED, NOTED);

/** False when the order is no longer what was read, or its kind is suspended: then nothing was written. */
export async function changeOrder(sql: Sql, change: OrderChange): Promise<boolean> {
  const { order, to, at, dueAt, copies, event, transfers, told } = change;
  const movedAndBooked = [
    order.lgCode,
    order.orderId,
    order.state,
    order.dueAt,
    to,
    at,
    dueAt ?? null,
    change.paymentDigest ?? null,
    change.outcomeDigest ?? null,
    change.unlessSuspended ?? null,
    copies.map(({ copy }) => copy),
    copies.map(({ from }) => from),
    copies.map((copy) => copy.to),
    copies.map(({ sheetsOut }) => sheetsOut),
    copies.map((copy) => copy.event),
    event,
    change.staff ?? null,
    change.reason ?? null,
    transfers.map(({ copy }) => copy),
    transfers.map(({ kind }) => kind),
    transfers.map(({ debit }) => debit),
    transfers.map(({ credit }) => credit),
    transfers.map(({ amountYen }) => amountYen),
  ];
  if (!told) return (await sql.query(PAYMENT, movedAndBooked)).length === 1;
  const { mail, notices, resolves } = told;
  const mailed = [...movedAndBooked, JSON.stringify(mail)];
  if (notices.length === 0 && !resolves) return (await sql.query(OUTCOME, mailed)).length === 1;
  const noted = [notices.map(({ copy }) => copy), notices.map(({ notice }) => notice), resolves ?? null];
  return (await sql.query(OUTCOME_WITH_NOTICES, [...mailed, ...noted])).length === 1;
}
