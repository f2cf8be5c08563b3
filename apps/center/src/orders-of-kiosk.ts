/** An order is known to the kiosk that placed it and to no other. */
import { type OrderStatus, refuse } from '@machikado/protocol';
import type { Copy, Order } from './model.ts';
import type { Center } from './ports.ts';
import type { Kiosk } from './settings.ts';

export async function getOrder(center: Center, kiosk: Kiosk, orderId: string): Promise<Order> {
  const order = await center.store.orders.find(orderId);
  return order?.kioskId === kiosk.kioskId ? order : refuse('ORDER_UNKNOWN', 'no such order for this kiosk');
}

export function toOrderStatus({ orderId, state, feeYen }: Order, copies: readonly Copy[]): OrderStatus {
  return { orderId, state, feeYen, copies: copies.map((row) => ({ copy: row.copy, state: row.state })) };
}
