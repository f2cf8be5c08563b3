/**
 * 払渡し: the store has handed a resident what was owed, refund, change or deposit, and staff of the center book it, under their name
 * and with their reason. Never more than is owed, in as many parts as it takes; the same amount with the same reason is the same part.
 */
import { digestOf } from '@machikado/pki';
import { refuse } from '@machikado/protocol';
import { payoutTransfer } from '../ledger.ts';
import { aboutOrder } from '../moves.ts';
import { StaffRefusal } from '../staff-refusal.ts';
import type { Store } from '../store.ts';

export interface Payout {
  readonly lgCode: string;
  readonly orderId: string;
  readonly staff: string;
  readonly reason: string;
  readonly yen: number;
}

/** Not booked: it was before. */
export function payOwed(
  store: Store,
  { lgCode, orderId, staff, reason, yen }: Payout,
  at: Date,
): Promise<{ readonly booked: boolean; readonly stillOwedYen: number }> {
  return store.transaction(async (tables) => {
    const order = await tables.orders.find(orderId);
    if (order?.lgCode !== lgCode) return refuse('ORDER_UNKNOWN', 'no such order of this municipality');
    await tables.orders.lock(order);
    const key = digestOf(JSON.stringify([yen, reason]));
    const booked = await tables.ledger.payOut(payoutTransfer(order, yen), key, at);
    const stillOwedYen = await tables.ledger.owed(order);
    if (!booked) return { booked, stillOwedYen };
    if (stillOwedYen < 0) throw new StaffRefusal('MORE_THAN_OWED', `${stillOwedYen + yen} yen are owed for this order`);
    await tables.audit.record('owed-paid-out', at, { ...aboutOrder(order), staff, reason });
    if (stillOwedYen === 0) await tables.notices.resolve(order, 0, 'refund-owed', at);
    return { booked, stillOwedYen };
  });
}
