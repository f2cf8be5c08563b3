/**
 * 収納の帳簿: which transfers a payment and an outcome make. Each transfer debits one account and credits another, so every sum
 * is zero by construction, and what stays in suspense is exactly the money whose fate nobody knows.
 *
 *   payment         store cash → suspense        the fee lies in escrow
 *   revenue         suspense → fee revenue       a whole copy came out
 *   refund          suspense → store cash        the money went back to the resident
 *   refund-payable  suspense → refund payable    no change was left: owed to the resident
 *   change-payable  store cash → refund payable  change that the coin unit did not give: owed
 *   deposit-payable store cash → refund payable  a deposit for nothing that it did not give back: owed
 *   payout          refund payable → store cash  what was owed was handed over at the store
 */
import { type ReportOutcome, refuse } from '@machikado/protocol';
import type { Copy, Order, Transfer, TransferKind } from './model.ts';

type Payer = Pick<Order, 'lgCode' | 'orderId' | 'operatorId' | 'feeYen' | 'test'>;
type Outcome = ReportOutcome['copies'][number];

/** 0: the order as a whole. */
const WHOLE_ORDER = 0;

export function paymentTransfers(order: Payer): Transfer[] {
  return withoutZero([transfer(order, WHOLE_ORDER, 'payment', order.feeYen)]);
}

/** Refuses with OUTCOME_UNBALANCED unless every copy is accounted for and the money adds up. */
export function outcomeTransfers(order: Payer, copies: readonly Copy[], report: ReportOutcome): Transfer[] {
  const fates = copies.map((copy) => ({ copy, outcome: getOutcome(copy, copies, report) }));
  const out = fates.filter(({ outcome }) => outcome.outcome === 'output').map(({ copy }) => copy);
  const back = fates.filter(({ outcome }) => outcome.outcome !== 'output').map(({ copy }) => copy);
  const owedYen = back.reduce((sum, { feeYen }) => sum + feeYen, 0);
  if (report.refundedYen + report.refundPayableYen !== owedYen)
    refuse('OUTCOME_UNBALANCED', 'refunded and payable yen are not the fees of the copies that did not come out');
  const revenue = out.map(({ copy, feeYen }) => transfer(order, copy, 'revenue', feeYen));
  const change = transfer(order, WHOLE_ORDER, 'change-payable', report.changePayableYen);
  return withoutZero([...revenue, ...returned(order, back, report.refundedYen), change]);
}

/** The order is dead, but its coins are still in the machine. */
export function depositTransfers(order: Payer, depositPayableYen: number): Transfer[] {
  return withoutZero([transfer(order, WHOLE_ORDER, 'deposit-payable', depositPayableYen)]);
}

export function payoutTransfer(order: Payer, yen: number): Transfer {
  return transfer(order, WHOLE_ORDER, 'payout', yen);
}

function getOutcome(copy: Copy, copies: readonly Copy[], report: ReportOutcome): Outcome {
  const [outcome, ...more] = report.copies.filter((reported) => reported.copy === copy.copy);
  if (!outcome || more.length > 0 || report.copies.length !== copies.length)
    refuse('OUTCOME_UNBALANCED', 'not every copy of the order exactly once');
  if (outcome.outcome === 'output' && outcome.sheetsOut !== copy.sheets)
    refuse('OUTCOME_UNBALANCED', 'a copy is output only with all of its sheets');
  return outcome;
}

/** Copy by copy, what was refunded first; the rest is payable. */
function returned(order: Payer, copies: readonly Copy[], refundedYen: number): Transfer[] {
  let leftYen = refundedYen;
  return copies.flatMap(({ copy, feeYen }) => {
    const refundYen = Math.min(feeYen, leftYen);
    leftYen -= refundYen;
    return [transfer(order, copy, 'refund', refundYen), transfer(order, copy, 'refund-payable', feeYen - refundYen)];
  });
}

function transfer(order: Payer, copy: number, kind: TransferKind, amountYen: number): Transfer {
  const { lgCode, orderId, test } = order;
  return { lgCode, orderId, copy, kind, ...accountsOf(order, kind), amountYen, test };
}

function accountsOf({ operatorId, orderId, lgCode }: Payer, kind: TransferKind): { debit: string; credit: string } {
  const storeCash = `store-cash:${operatorId}`;
  const suspense = `suspense:${orderId}`;
  switch (kind) {
    case 'payment':
      return { debit: storeCash, credit: suspense };
    case 'revenue':
      return { debit: suspense, credit: `fee-revenue:${lgCode}` };
    case 'refund':
      return { debit: suspense, credit: storeCash };
    case 'refund-payable':
      return { debit: suspense, credit: `refund-payable:${operatorId}` };
    case 'change-payable':
    case 'deposit-payable':
      return { debit: storeCash, credit: `refund-payable:${operatorId}` };
    case 'payout':
      return { debit: `refund-payable:${operatorId}`, credit: storeCash };
  }
}

function withoutZero(transfers: readonly Transfer[]): Transfer[] {
  return transfers.filter(({ amountYen }) => amountYen > 0);
}
