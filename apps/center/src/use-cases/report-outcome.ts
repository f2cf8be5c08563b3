/**
 * PR-OUTCOME: what came out, copy by copy. Only a whole output copy is revenue; for the others the money goes back and the issue
 * number is cancelled. The shares are deleted and the issuing server is told through the outbox, all in one transaction.
 */
import { digestOf } from '@machikado/pki';
import { type IssuerOutcome, type OrderStatus, type ReportOutcome, refuse } from '@machikado/protocol';
import { copyEvents } from '../audit-events.ts';
import { outcomeTransfers } from '../ledger.ts';
import type { Copy, Order } from '../model.ts';
import { aboutOrder, moveOrder } from '../moves.ts';
import { getOrder, toOrderStatus } from '../orders-of-kiosk.ts';
import type { Center } from '../ports.ts';
import type { Kiosk } from '../settings.ts';
import type { Tables } from '../store.ts';

export async function reportOutcome(
  center: Center,
  kiosk: Kiosk,
  orderId: string,
  report: ReportOutcome,
): Promise<OrderStatus> {
  const order = await getOrder(center, kiosk, orderId);
  const outcomeDigest = digestOf(JSON.stringify(inOrder(report)));
  if (order.state === 'paid') await settle(center, order, report, outcomeDigest);
  return answer(center, await getOrder(center, kiosk, orderId), outcomeDigest);
}

async function settle(center: Center, order: Order, report: ReportOutcome, outcomeDigest: string): Promise<void> {
  const at = center.machineClock.now();
  await center.store.transaction(async (tables) => {
    const copies = await tables.copies.of(order);
    if (!(await moveOrder(tables, order, 'settled', at, { outcomeDigest }))) return;
    await tables.ledger.book(outcomeTransfers(order, copies, report), at);
    for (const outcome of report.copies) await settleCopy(tables, order, outcome, at);
    if (report.refundPayableYen + report.changePayableYen > 0) await tables.notices.raise(order, 0, 'refund-owed', at);
    await tables.outbox.put(toIssuer(order, copies, report), at);
  });
}

async function settleCopy(
  tables: Tables,
  order: Order,
  { copy, outcome, sheetsOut }: ReportOutcome['copies'][number],
  at: Date,
): Promise<void> {
  await tables.copies.settle(order, copy, outcome, sheetsOut);
  await tables.audit.record(copyEvents[outcome], at, { ...aboutOrder(order), copy });
  if (outcome === 'uncertain') await tables.notices.raise(order, copy, 'copy-uncertain', at);
}

async function answer(center: Center, order: Order, outcomeDigest: string): Promise<OrderStatus> {
  switch (order.state) {
    case 'requested':
    case 'sealed':
      return refuse('ORDER_NOT_PAID', `the order is ${order.state}`);
    case 'failed':
    case 'cancelled':
      return refuse('ORDER_DEAD', `the order is ${order.state}`);
  }
  if (order.outcomeDigest !== outcomeDigest) refuse('IDEMPOTENCY_CONFLICT', 'the order has another outcome');
  return toOrderStatus(order, await center.store.copies.of(order));
}

function toIssuer({ orderId, lgCode }: Order, copies: readonly Copy[], report: ReportOutcome): IssuerOutcome {
  const output = report.copies.filter(({ outcome }) => outcome === 'output').map(({ copy }) => copy);
  return {
    orderId,
    lgCode,
    copies: copies.map(({ copy, issueNumber }) => ({
      issueNumber,
      outcome: output.includes(copy) ? ('output' as const) : ('cancelled' as const),
    })),
  };
}

/** The same outcome, in whatever order the copies are listed. */
function inOrder({ copies, refundedYen, refundPayableYen, changePayableYen }: ReportOutcome) {
  const listed = copies.map(({ copy, outcome, sheetsOut }) => [copy, outcome, sheetsOut] as const);
  return [listed.toSorted(([a], [b]) => a - b), refundedYen, refundPayableYen, changePayableYen];
}
