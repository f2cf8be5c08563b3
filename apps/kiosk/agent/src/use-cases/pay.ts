/** Tells the center that the fee lies in escrow; its half of the keys comes back. A lost reply is asked for again with the same body. */
import { fromBase64 } from '@machikado/pki';
import { refuse } from '@machikado/protocol';
import { note } from '../note.ts';
import type { Ports } from '../ports.ts';
import { untilAnswered } from '../until-answered.ts';
import type { UseMemory } from '../use-memory.ts';
import type { Order } from './place-order.ts';

export type CenterShares = ReadonlyMap<number, Uint8Array>;

export async function pay(order: Order, depositYen: number, memory: UseMemory, ports: Ports): Promise<CenterShares> {
  const { orderId, manifestDigest } = order;
  await note(orderId, { event: 'payment-intended', depositYen }, ports);
  const body = { depositYen, manifestDigest };
  const released = await untilAnswered(ports, () => ports.center.reportPayment(orderId, body));
  await note(orderId, { event: 'payment-taken' }, ports);
  if (released.orderId !== orderId) refuse('BINDING_MISMATCH', 'shares of another order');
  return new Map(released.shares.map(({ copy, centerShare }) => [copy, memory.keep(fromBase64(centerShare))]));
}
