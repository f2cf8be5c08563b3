/**
 * PR-ORDER: the order is written down, relayed to the issuing server, its answer compared with what the center itself knows,
 * inspected, treated against forgery and sealed. All of this happens before any money moves, and the center keeps no bytes: whatever goes wrong on the
 * way, a timeout above all, kills the order for good, and a late answer finds nobody waiting.
 */
import { digestOf, selectionDigest } from '@machikado/pki';
import { type PlaceOrder, ProtocolError, refuse, type SealedOrder } from '@machikado/protocol';
import { certKeyOf } from '../card-signature.ts';
import { giveUpForGood } from '../give-up-order.ts';
import type { Order } from '../model.ts';
import { aboutOrder } from '../moves.ts';
import type { Center, Deadline } from '../ports.ts';
import { getProvenUse, type ProvenUse } from '../proven-session.ts';
import { refuseUnlessServing } from '../serving.ts';
import type { Kiosk } from '../settings.ts';
import { compareIssuedOrder } from './compare-issued-order.ts';
import { sealOrder } from './seal-order.ts';
import { treatCopies } from './treat-copies.ts';

export async function placeOrder(
  center: Center,
  kiosk: Kiosk,
  request: PlaceOrder,
  deadline: Deadline,
): Promise<SealedOrder> {
  const use = await getProvenUse(center, { ...request, kiosk });
  const certKey = certKeyOf(center, request.proof);
  const order = newOrder(center, use, kiosk, request);
  await refuseRepeat(center, order);
  await refuseUnlessServing(center, use.town, order.kind);
  await writeDown(center, order);
  try {
    const issued = await relayOrder(center, use, order, request, deadline);
    const compared = await compareIssuedOrder(center, { order, town: use.town, certKey, issued, deadline });
    const treated = await treatCopies(center, order, kiosk, compared, deadline);
    const sealed = await sealOrder(center, order, treated, deadline);
    // Nobody would hear of it any more.
    deadline.refuseIfPassed();
    return sealed;
  } catch (error) {
    await failOrder(center, order, error);
    throw error;
  }
}

function newOrder(center: Center, { session, town }: ProvenUse, kiosk: Kiosk, request: PlaceOrder): Order {
  const { orderId, lgCode, selection, replaces = null } = request;
  const now = center.machineClock.now();
  const selected = selectionDigest(orderId, selection);
  return {
    orderId,
    lgCode,
    sessionId: session.sessionId,
    kioskId: kiosk.kioskId,
    operatorId: kiosk.operatorId,
    kind: selection.kind,
    copies: selection.copies,
    feeYen: selection.feeYen,
    test: kiosk.test || town.test,
    replaces,
    requestDigest: digestOf(JSON.stringify([orderId, lgCode, session.sessionId, selected, replaces])),
    selectionDigest: selected,
    state: 'requested',
    stateSince: now,
    dueAt: new Date(now.getTime() + center.settings().lasts.requestedMs),
    manifestDigest: null,
    paymentDigest: null,
    outcomeDigest: null,
  };
}

/** Whether its answer was lost or is still under way, a repeated order is over: the first is given up, and nothing is issued twice. */
async function refuseRepeat(center: Center, order: Order): Promise<void> {
  const first = await center.store.orders.find(order.orderId);
  if (!first) return;
  if (first.kioskId !== order.kioskId || first.requestDigest !== order.requestDigest)
    refuse('IDEMPOTENCY_CONFLICT', 'the order id came before with another order');
  await giveUpForGood(center, first.orderId, 'repeated');
  refuse('ORDER_DEAD', 'the order was repeated');
}

async function writeDown(center: Center, order: Order): Promise<void> {
  if (order.replaces) await giveUpReplaced(center, order, order.replaces);
  const fresh = await center.store.transaction(async (tables) => {
    if (!(await tables.orders.insert(order))) return false;
    await tables.audit.record('order-requested', order.stateSince, aboutOrder(order));
    return true;
  });
  if (!fresh) await refuseRepeat(center, order);
}

/** A kiosk that lost an answer names the dead order; were it still alive, it would be given up here, so that one of them is left. */
async function giveUpReplaced(center: Center, order: Order, replaces: string): Promise<void> {
  const replaced = await center.store.orders.find(replaces);
  if (replaced?.kioskId === order.kioskId) await giveUpForGood(center, replaces, 'replaced');
}

async function relayOrder(
  center: Center,
  { town, session }: ProvenUse,
  order: Order,
  { proof, selection }: PlaceOrder,
  deadline: Deadline,
) {
  const { orderId, lgCode, test } = order;
  const { sessionId } = session;
  deadline.refuseIfPassed();
  return center.issuers.order(town, { orderId, sessionId, lgCode, test, proof, selection }, deadline);
}

/** What cannot be given up now, because the database is away, expires. */
async function failOrder(center: Center, { orderId }: Order, error: unknown): Promise<void> {
  const reason = error instanceof ProtocolError ? error.code : 'INTERNAL';
  await giveUpForGood(center, orderId, reason).catch(() => center.log.warning('order-left-to-expire', { orderId }));
}
