/** PR-OUTCOME: what came out, copy by copy. The same report gets the same answer; the first outcome of an order stays. */
import { type OrderStatus, type ReportOutcome, refuse } from '@machikado/protocol';
import type { Copy, Order } from '../model.ts';
import { getOrderWithCopies, toOrderStatus } from '../orders-of-kiosk.ts';
import type { Center } from '../ports.ts';
import type { Kiosk } from '../settings.ts';
import { outcomeDigestOf, settleOrder } from './settle-order.ts';

export async function reportOutcome(
  center: Center,
  kiosk: Kiosk,
  orderId: string,
  report: ReportOutcome,
): Promise<OrderStatus> {
  const { order, copies } = await getOrderWithCopies(center, kiosk, orderId);
  if (order.state !== 'paid') return answer(order, copies, outcomeDigestOf(report));
  if (!(await settleOrder(center.store, order, copies, report, center.machineClock.now())))
    return reportOutcome(center, kiosk, orderId, report);
  const settled = report.copies.map(({ copy, outcome }) => ({ copy, state: outcome }));
  return toOrderStatus(
    { ...order, state: 'settled' },
    settled.toSorted((a, b) => a.copy - b.copy),
  );
}

function answer(order: Order, copies: readonly Copy[], outcomeDigest: string): OrderStatus {
  switch (order.state) {
    case 'requested':
    case 'sealed':
      return refuse('ORDER_NOT_PAID', `the order is ${order.state}`);
    case 'failed':
    case 'cancelled':
      return refuse('ORDER_DEAD', `the order is ${order.state}`);
  }
  if (order.outcomeDigest !== outcomeDigest) refuse('IDEMPOTENCY_CONFLICT', 'the order has another outcome');
  return toOrderStatus(order, copies);
}
