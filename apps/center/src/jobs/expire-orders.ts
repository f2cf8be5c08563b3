/**
 * Orders whose state has lasted too long. One that is still requested belongs to a center that died or a kiosk that hung up: it
 * fails. A sealed one is cancelled and its shares deleted. A paid one without an outcome stays suspense, because only people can
 * find out what the resident has in hand: staff get a notice.
 */
import type { OrderState } from '@machikado/protocol';
import { giveUpOrder } from '../give-up-order.ts';
import type { Order } from '../model.ts';
import { aboutOrder } from '../moves.ts';
import type { Center } from '../ports.ts';
import type { Tables } from '../store.ts';

type Overdue = (tables: Tables, order: Order, at: Date) => Promise<unknown>;

const giveUp: Overdue = (tables, order, at) => giveUpOrder(tables, order, 'expired', at);

const whenOverdue = {
  requested: giveUp,
  sealed: giveUp,
  paid: async (tables, order, at) => {
    await tables.orders.clearDue(order);
    await tables.notices.raise(order, 0, 'outcome-overdue', at);
    await tables.audit.record('outcome-overdue', at, aboutOrder(order));
  },
} as const satisfies Partial<Record<OrderState, Overdue>>;

/** Answers how many. */
export async function expireOrders(center: Center): Promise<number> {
  let total = 0;
  for (const state of ['requested', 'sealed', 'paid'] as const)
    for (const lgCode of await center.store.orders.municipalitiesWithDue(state, center.machineClock.now()))
      while (await expireOne(center, lgCode, state)) total += 1;
  return total;
}

/** One transaction an order, so that a kill in between loses and doubles nothing. */
function expireOne(center: Center, lgCode: string, state: keyof typeof whenOverdue): Promise<boolean> {
  return center.store.transaction(async (tables) => {
    const at = center.machineClock.now();
    const [order] = await tables.orders.claimDue(lgCode, state, at, 1);
    if (order) await whenOverdue[state](tables, order, at);
    return order !== undefined;
  });
}
