/** PR-OUTCOME: what came out, copy by copy. The same report gets the same answer; the first outcome of an order stays. */
import { type OrderStatus, type ReportOutcome, refuse } from '@machikado/protocol';
import type { Order } from '../model.ts';
import { getOrder, toOrderStatus } from '../orders-of-kiosk.ts';
import type { Center } from '../ports.ts';
import type { Kiosk } from '../settings.ts';
import { outcomeDigestOf, settleOrder } from './settle-order.ts';

export async function reportOutcome(
  center: Center,
  kiosk: Kiosk,
  orderId: string,
  report: ReportOutcome,
): Promise<OrderStatus> {
  const order = await getOrder(center, kiosk, orderId);
  if (order.state === 'paid') await settleOrder(center.store, order, report, center.machineClock.now());
  return answer(center, await getOrder(center, kiosk, orderId), outcomeDigestOf(report));
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
