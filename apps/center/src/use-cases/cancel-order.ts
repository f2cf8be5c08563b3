/**
 * PR-CANCEL: an order that is not paid is given up. The center's shares are deleted, which makes the ciphertext at the kiosk
 * worthless for ever. If the payment came first, the kiosk must report an outcome instead. Coins that the unit could not give back
 * are owed to the resident, whoever gave the order up first; they are booked once.
 */
import { type CancelOrder, type OrderStatus, refuse } from '@machikado/protocol';
import { giveUpForGood } from '../give-up-order.ts';
import { depositTransfers } from '../ledger.ts';
import type { Order } from '../model.ts';
import { getOrder, toOrderStatus } from '../orders-of-kiosk.ts';
import type { Center } from '../ports.ts';
import type { Kiosk } from '../settings.ts';

export async function cancelOrder(
  center: Center,
  kiosk: Kiosk,
  orderId: string,
  { reason, depositPayableYen }: CancelOrder,
): Promise<OrderStatus> {
  await getOrder(center, kiosk, orderId);
  await giveUpForGood(center, orderId, reason);
  const order = await getOrder(center, kiosk, orderId);
  if (order.state === 'paid' || order.state === 'settled') refuse('ORDER_ALREADY_PAID', `the order is ${order.state}`);
  await bookDeposit(center, order, depositPayableYen);
  return toOrderStatus(order, await center.store.copies.of(order));
}

async function bookDeposit(center: Center, order: Order, depositPayableYen: number): Promise<void> {
  await center.store.transaction(async (tables) => {
    await tables.orders.lock(order);
    const bookedYen = await tables.ledger.booked(order, 'deposit-payable');
    if (bookedYen === depositPayableYen) return;
    if (bookedYen > 0) refuse('IDEMPOTENCY_CONFLICT', 'another deposit was reported for this order');
    const at = center.machineClock.now();
    await tables.ledger.book(depositTransfers(order, depositPayableYen), at);
    await tables.notices.raise(order, 0, 'refund-owed', at);
  });
}
