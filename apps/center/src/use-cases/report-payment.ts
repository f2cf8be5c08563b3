/**
 * PR-PAYMENT: the fee lies in escrow, so the center's shares go to the kiosk and the money becomes suspense: neither the
 * store's nor the municipality's until the outcome is known. Payment, cancel and timeout race on one compare-and-set. The same
 * report gets the same shares until the outcome deletes them. What was sealed before a suspension is given up here instead: its
 * documents may be wrong too.
 */
import assert from 'node:assert/strict';
import { digestOf, toBase64 } from '@machikado/pki';
import { type ReleasedShares, type ReportPayment, refuse } from '@machikado/protocol';
import { giveUpOrder } from '../give-up-order.ts';
import { paymentTransfers } from '../ledger.ts';
import type { Copy, Order } from '../model.ts';
import { changeOrder } from '../moves.ts';
import { getOrderWithCopies } from '../orders-of-kiosk.ts';
import type { Center } from '../ports.ts';
import type { Kiosk } from '../settings.ts';
import { isSuspended } from '../suspend-issuing.ts';

export async function reportPayment(
  center: Center,
  kiosk: Kiosk,
  orderId: string,
  payment: ReportPayment,
): Promise<ReleasedShares> {
  const { order, copies } = await getOrderWithCopies(center, kiosk, orderId);
  const paymentDigest = digestOf(JSON.stringify([orderId, payment.depositYen, payment.manifestDigest]));
  if (order.state !== 'sealed') return releaseShares(order, copies, paymentDigest);
  refuseOtherManifest(order, payment);
  await refuseExpired(center, order);
  if (payment.depositYen < order.feeYen) refuse('PAYMENT_SHORT', 'the deposit is smaller than the fee');
  if (await takePayment(center, order, copies, paymentDigest)) return { orderId, shares: copies.map(toShare) };
  // Another move came first, or the kind is suspended. Whoever won, the answer is what stands in the database now.
  await giveUpIfSuspended(center, order);
  return reportPayment(center, kiosk, orderId, payment);
}

function refuseOtherManifest(order: Order, payment: ReportPayment): void {
  if (payment.manifestDigest !== order.manifestDigest)
    refuse('IDEMPOTENCY_CONFLICT', 'the payment is about another manifest');
}

async function refuseExpired(center: Center, order: Order): Promise<void> {
  const now = center.machineClock.now();
  if (order.dueAt && order.dueAt > now) return;
  await center.store.transaction((tables) => giveUpOrder(tables, order, 'expired', now));
  refuse('ORDER_DEAD', 'the sealed order is too old');
}

function takePayment(center: Center, order: Order, copies: readonly Copy[], paymentDigest: string): Promise<boolean> {
  const at = center.machineClock.now();
  return changeOrder(center.store, order, 'paid', {
    ...{ at, dueAt: new Date(at.getTime() + center.settings().lasts.paidMs), paymentDigest },
    unlessSuspended: order.kind,
    copies: copies.map(({ copy, state }) => ({ copy, from: state, to: 'released', sheetsOut: null })),
    transfers: paymentTransfers(order),
  });
}

async function giveUpIfSuspended(center: Center, order: Order): Promise<void> {
  await center.store.transaction(async (tables) => {
    if (await isSuspended(tables, order)) await giveUpOrder(tables, order, 'suspended', center.machineClock.now());
  });
}

function releaseShares(order: Order, copies: readonly Copy[], paymentDigest: string): ReleasedShares {
  if (order.state === 'requested') refuse('ORDER_UNKNOWN', 'nothing is sealed under this order yet');
  if (order.paymentDigest && order.paymentDigest !== paymentDigest)
    refuse('IDEMPOTENCY_CONFLICT', 'the order was paid by another report');
  if (order.state !== 'paid') refuse('ORDER_DEAD', `the order is ${order.state}`);
  return { orderId: order.orderId, shares: copies.map(toShare) };
}

function toShare({ copy, centerShare }: Copy) {
  assert(centerShare, 'a copy has its share until its outcome');
  return { copy, centerShare: toBase64(centerShare) };
}
