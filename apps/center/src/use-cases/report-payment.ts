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
import { moveOrder, unsealCopies } from '../moves.ts';
import { getOrder } from '../orders-of-kiosk.ts';
import type { Center } from '../ports.ts';
import type { Kiosk } from '../settings.ts';
import { isSuspended } from '../suspend-issuing.ts';

export async function reportPayment(
  center: Center,
  kiosk: Kiosk,
  orderId: string,
  payment: ReportPayment,
): Promise<ReleasedShares> {
  const order = await getOrder(center, kiosk, orderId);
  const paymentDigest = digestOf(JSON.stringify([orderId, payment.depositYen, payment.manifestDigest]));
  if (order.state === 'sealed') {
    refuseOtherManifest(order, payment);
    await refuseExpired(center, order);
    if (payment.depositYen < order.feeYen) refuse('PAYMENT_SHORT', 'the deposit is smaller than the fee');
    await takePayment(center, order, paymentDigest);
  }
  // Whoever won, the answer is what stands in the database now.
  return releaseShares(center, await getOrder(center, kiosk, orderId), paymentDigest);
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

async function takePayment(center: Center, order: Order, paymentDigest: string): Promise<void> {
  const now = center.machineClock.now();
  const dueAt = new Date(now.getTime() + center.settings().lasts.paidMs);
  await center.store.transaction(async (tables) => {
    if (await isSuspended(tables, order)) {
      await giveUpOrder(tables, order, 'suspended', now);
      return;
    }
    if (!(await moveOrder(tables, order, 'paid', now, { paymentDigest, dueAt }))) return;
    await unsealCopies(tables, order, 'released', now);
    await tables.ledger.book(paymentTransfers(order), now);
  });
}

async function releaseShares(center: Center, order: Order, paymentDigest: string): Promise<ReleasedShares> {
  if (order.state === 'requested') refuse('ORDER_UNKNOWN', 'nothing is sealed under this order yet');
  if (order.paymentDigest && order.paymentDigest !== paymentDigest)
    refuse('IDEMPOTENCY_CONFLICT', 'the order was paid by another report');
  if (order.state !== 'paid') refuse('ORDER_DEAD', `the order is ${order.state}`);
  const copies = await center.store.copies.of(order);
  // The outcome may have come in between; then there is nothing left to release.
  if (copies.some(({ state }) => state !== 'released')) refuse('ORDER_DEAD', 'the order is settled');
  return { orderId: order.orderId, shares: copies.map(toShare) };
}

function toShare({ copy, centerShare }: Copy) {
  assert(centerShare, 'a released copy has its share');
  return { copy, centerShare: toBase64(centerShare) };
}
