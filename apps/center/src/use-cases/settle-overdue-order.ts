/**
 * A kiosk that will never report: staff have found out what the resident has in hand and settle the order in its place. Only an
 * order that was raised as overdue can be settled so; whatever the kiosk says afterwards is a conflict.
 */
import { type CopyOutcome, refuse } from '@machikado/protocol';
import type { Store } from '../store.ts';
import { settleOrder } from './settle-order.ts';

export interface Settlement {
  readonly lgCode: string;
  readonly orderId: string;
  readonly staff: string;
  readonly reason: string;
  readonly outcomes: readonly { readonly copy: number; readonly outcome: CopyOutcome }[];
  readonly refundedYen: number;
  readonly refundPayableYen: number;
  readonly changePayableYen: number;
}

export async function settleOverdueOrder(store: Store, settlement: Settlement, at: Date): Promise<void> {
  const { lgCode, orderId, staff, reason, outcomes, refundedYen, refundPayableYen, changePayableYen } = settlement;
  const found = await store.orders.findWithCopies(orderId);
  if (found?.order.lgCode !== lgCode) return refuse('ORDER_UNKNOWN', 'no such order of this municipality');
  const { order, copies } = found;
  if (order.state !== 'paid') refuse('ORDER_NOT_PAID', `the order is ${order.state}`);
  if (order.dueAt) refuse('ORDER_NOT_PAID', 'its outcome is not overdue: the kiosk may still report');
  const sheetsOf = (copy: number) => copies.find((row) => row.copy === copy)?.sheets ?? 0;
  const report = {
    copies: outcomes.map(({ copy, outcome }) => ({
      ...{ copy, outcome },
      sheetsOut: outcome === 'output' ? sheetsOf(copy) : 0,
    })),
    ...{ refundedYen, refundPayableYen, changePayableYen },
  };
  if (!(await settleOrder(store, order, copies, report, at, { staff, reason })))
    refuse('IDEMPOTENCY_CONFLICT', 'the kiosk reported in the meantime');
}
