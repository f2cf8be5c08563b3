/**
 * Moves of the life cycles. A move is a compare-and-set that writes its audit event in the same transaction; a move that the
 * table of packages/protocol does not allow is a bug and never reaches the database.
 */
import assert from 'node:assert/strict';
import { copyMoves, mayMove, type OrderState, orderMoves, type SessionState, sessionMoves } from '@machikado/protocol';
import { copyEvents, orderEvents, sessionEvents } from './audit-events.ts';
import type { Order, Session } from './model.ts';
import type { CopyChange, OrderChange, OrderPatch, ProvenAs, Tables } from './store.ts';

export async function moveSession(
  tables: Tables,
  session: Pick<Session, 'sessionId' | 'kioskId' | 'state'>,
  to: SessionState,
  at: Date,
  how: { readonly reason?: string; readonly staff?: string; readonly proven?: ProvenAs } = {},
): Promise<boolean> {
  assert(mayMove(sessionMoves, session.state, to), `session may not move from ${session.state} to ${to}`);
  if (!(await tables.sessions.move(session.sessionId, session.state, to, how.proven))) return false;
  const { sessionId, kioskId } = session;
  const { reason, staff } = how;
  await tables.audit.record(sessionEvents[to], at, {
    ...{ sessionId, kioskId, ...reasonOf(reason) },
    ...(staff && { staff }),
  });
  return true;
}

/** Without `dueAt`, nobody waits for this order any more. */
export async function moveOrder(
  tables: Tables,
  order: Order,
  to: OrderState,
  at: Date,
  patch: Omit<OrderPatch, 'stateSince' | 'dueAt'> & {
    readonly dueAt?: Date;
    readonly reason?: string;
    readonly staff?: string;
  } = {},
): Promise<boolean> {
  assert(mayMove(orderMoves, order.state, to), `order may not move from ${order.state} to ${to}`);
  const { reason, staff, dueAt, ...digests } = patch;
  if (!(await tables.orders.move(order, order.state, to, { ...digests, stateSince: at, dueAt: dueAt ?? null })))
    return false;
  await tables.audit.record(orderEvents[to], at, {
    ...aboutOrder(order),
    ...reasonOf(reason),
    ...(staff && { staff }),
  });
  return true;
}

/** A move with all that follows from it. False when the order is no longer as it was read, or its kind is suspended. */
export async function changeOrder(
  tables: Tables,
  order: Order,
  to: OrderState,
  change: Omit<OrderChange, 'order' | 'to' | 'event' | 'copies'> & {
    readonly copies: readonly Omit<CopyChange, 'event'>[];
  },
): Promise<boolean> {
  assert(mayMove(orderMoves, order.state, to), `order may not move from ${order.state} to ${to}`);
  const copies = change.copies.map((copy) => {
    assert(mayMove(copyMoves, copy.from, copy.to), `copy may not move from ${copy.from} to ${copy.to}`);
    return { ...copy, event: copyEvents[copy.to] };
  });
  return tables.orders.change({ ...change, order, to, event: orderEvents[to], copies });
}

/** All sealed copies of an order leave the seal together: released by payment, or void. */
export async function unsealCopies(tables: Tables, order: Order, to: 'released' | 'void', at: Date): Promise<void> {
  assert(mayMove(copyMoves, 'sealed', to));
  for (const copy of await tables.copies.moveAll(order, 'sealed', to))
    await tables.audit.record(copyEvents[to], at, { ...aboutOrder(order), copy });
}

export function aboutOrder({ lgCode, orderId, sessionId, kioskId, kind }: Order) {
  return { lgCode, orderId, sessionId, kioskId, kind };
}

function reasonOf(reason: string | undefined): { reason?: string } {
  return reason === undefined ? {} : { reason };
}
