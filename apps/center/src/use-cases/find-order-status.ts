/** PR-ORDER-STATUS: where an order stands, for a kiosk that replays its journal. */
import type { OrderStatus } from '@machikado/protocol';
import { getOrder, toOrderStatus } from '../orders-of-kiosk.ts';
import type { Center } from '../ports.ts';
import type { Kiosk } from '../settings.ts';

export async function findOrderStatus(center: Center, kiosk: Kiosk, orderId: string): Promise<OrderStatus> {
  const order = await getOrder(center, kiosk, orderId);
  return toOrderStatus(order, await center.store.copies.of(order));
}
