/**
 * PR-CANCEL: an order that is not paid is given up. The center's shares are deleted, which makes the ciphertext at the kiosk
 * worthless for ever. If the payment came first, the kiosk must report an outcome instead.
 */
import { type CancelOrder, type OrderStatus, refuse } from '@machikado/protocol';
import { giveUpForGood } from '../give-up-order.ts';
import { getOrder, toOrderStatus } from '../orders-of-kiosk.ts';
import type { Center } from '../ports.ts';
import type { Kiosk } from '../settings.ts';

export async function cancelOrder(
  center: Center,
  kiosk: Kiosk,
  orderId: string,
  { reason }: CancelOrder,
): Promise<OrderStatus> {
  await getOrder(center, kiosk, orderId);
  await giveUpForGood(center, orderId, reason);
  const order = await getOrder(center, kiosk, orderId);
  if (order.state === 'paid' || order.state === 'settled') refuse('ORDER_ALREADY_PAID', `the order is ${order.state}`);
  return toOrderStatus(order, await center.store.copies.of(order));
}
