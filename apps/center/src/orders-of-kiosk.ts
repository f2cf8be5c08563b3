/** An order is known to the kiosk that placed it and to no other. */
import { type OrderStatus, refuse } from '@machikado/protocol';
import type { Copy, Order } from './model.ts';
import type { Center } from './ports.ts';
import type { Kiosk } from './settings.ts';
import type { OrderWithCopies } from './store.ts';

export async function getOrder(center: Center, kiosk: Kiosk, orderId: string): Promise<Order> {
  const order = await center.store.orders.find(orderId);
  return order?.kioskId === kiosk.kioskId ? order : refuse('ORDER_UNKNOWN', 'no such order for this kiosk');
}

export async function getOrderWithCopies(center: Center, kiosk: Kiosk, orderId: string): Promise<OrderWithCopies> {
  const found = await center.store.orders.findWithCopies(orderId);
  return found?.order.kioskId === kiosk.kioskId ? found : refuse('ORDER_UNKNOWN', 'no such order for this kiosk');
}

export function toOrderStatus(
  { orderId, state, feeYen }: Order,
  copies: readonly Pick<Copy, 'copy' | 'state'>[],
): OrderStatus {
  return { orderId, state, feeYen, copies: copies.map((row) => ({ copy: row.copy, state: row.state })) };
}
