/**
 * PR-CANCEL: an order that is not paid is given up. The center's shares are deleted, which makes the ciphertext at the kiosk
 * worthless for ever. If the payment came first, the kiosk must report an outcome instead.
 */
import { type CancelOrder, type OrderStatus, refuse } from '@machikado/protocol';
import { giveUpOrder } from '../give-up-order.ts';
import { getOrder, toOrderStatus } from '../orders-of-kiosk.ts';
import type { Center } from '../ports.ts';
import type { Kiosk } from '../settings.ts';

export async function cancelOrder(
  center: Center,
  kiosk: Kiosk,
  orderId: string,
  { reason }: CancelOrder,
): Promise<OrderStatus> {
  const order = await getOrder(center, kiosk, orderId);
  switch (order.state) {
    case 'requested':
    case 'sealed':
      await center.store.transaction((tables) => giveUpOrder(tables, order, reason, center.machineClock.now()));
      // Whoever won the race: the next look finds an order that this call can no longer move, or a freshly sealed one.
      return cancelOrder(center, kiosk, orderId, { reason });
    case 'paid':
    case 'settled':
      return refuse('ORDER_ALREADY_PAID', `the order is ${order.state}`);
    case 'failed':
    case 'cancelled':
      return toOrderStatus(order, await center.store.copies.of(order));
  }
}
