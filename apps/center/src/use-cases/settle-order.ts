/**
 * A paid order is settled: only a whole output copy is revenue; for the others the money goes back and the issue number is
 * cancelled. The shares are deleted and the issuing server is told through the outbox, all in one statement. The kiosk reports
 * it; for a kiosk that never will, staff do, under their name and with their reason.
 */
import { digestOf } from '@machikado/pki';
import type { IssuerOutcome, ReportOutcome } from '@machikado/protocol';
import { outcomeTransfers } from '../ledger.ts';
import type { Copy, Order } from '../model.ts';
import { changeOrder } from '../moves.ts';
import type { OrderChange, Store } from '../store.ts';

/** False when another move came first; refuses with OUTCOME_UNBALANCED what does not add up. */
export function settleOrder(
  store: Store,
  order: Order,
  copies: readonly Copy[],
  report: ReportOutcome,
  at: Date,
  by: { readonly staff?: string; readonly reason?: string } = {},
): Promise<boolean> {
  return changeOrder(store, order, 'settled', {
    ...{ at, outcomeDigest: outcomeDigestOf(report), ...by },
    transfers: outcomeTransfers(order, copies, report),
    copies: report.copies.map(({ copy, outcome, sheetsOut }) => ({ copy, from: 'released', to: outcome, sheetsOut })),
    told: {
      mail: toIssuer(order, copies, report),
      notices: noticesOf(report),
      // Only an order that was raised as overdue has lost its deadline.
      ...(order.dueAt === null && { resolves: 'outcome-overdue' as const }),
    },
  });
}

/** The same outcome has the same digest, in whatever order the copies are listed. */
export function outcomeDigestOf({ copies, refundedYen, refundPayableYen, changePayableYen }: ReportOutcome): string {
  const listed = copies.map(({ copy, outcome, sheetsOut }) => [copy, outcome, sheetsOut] as const);
  return digestOf(
    JSON.stringify([listed.toSorted(([a], [b]) => a - b), refundedYen, refundPayableYen, changePayableYen]),
  );
}

function noticesOf({
  copies,
  refundPayableYen,
  changePayableYen,
}: ReportOutcome): NonNullable<OrderChange['told']>['notices'] {
  const uncertain = copies.filter(({ outcome }) => outcome === 'uncertain');
  return [
    ...uncertain.map(({ copy }) => ({ copy, notice: 'copy-uncertain' as const })),
    ...(refundPayableYen + changePayableYen > 0 ? [{ copy: 0, notice: 'refund-owed' as const }] : []),
  ];
}

function toIssuer({ orderId, lgCode }: Order, copies: readonly Copy[], report: ReportOutcome): IssuerOutcome {
  const output = report.copies.filter(({ outcome }) => outcome === 'output').map(({ copy }) => copy);
  return {
    orderId,
    lgCode,
    copies: copies.map(({ copy, issueNumber }) => ({
      issueNumber,
      outcome: output.includes(copy) ? ('output' as const) : ('cancelled' as const),
    })),
  };
}
