/**
 * A paid order is settled: only a whole output copy is revenue; for the others the money goes back and the issue number is
 * cancelled. The shares are deleted and the issuing server is told through the outbox, all in one transaction. The kiosk reports
 * it; for a kiosk that never will, staff do, under their name and with their reason.
 */
import { digestOf } from '@machikado/pki';
import type { IssuerOutcome, ReportOutcome } from '@machikado/protocol';
import { copyEvents } from '../audit-events.ts';
import { outcomeTransfers } from '../ledger.ts';
import type { Copy, Order } from '../model.ts';
import { aboutOrder, moveOrder } from '../moves.ts';
import type { Store, Tables } from '../store.ts';

/** False when another outcome came first; refuses with OUTCOME_UNBALANCED what does not add up. */
export async function settleOrder(
  store: Store,
  order: Order,
  report: ReportOutcome,
  at: Date,
  by: { readonly staff?: string; readonly reason?: string } = {},
): Promise<boolean> {
  return store.transaction(async (tables) => {
    const copies = await tables.copies.of(order);
    if (!(await moveOrder(tables, order, 'settled', at, { outcomeDigest: outcomeDigestOf(report), ...by })))
      return false;
    await tables.ledger.book(outcomeTransfers(order, copies, report), at);
    for (const outcome of report.copies) await settleCopy(tables, order, outcome, at);
    if (report.refundPayableYen + report.changePayableYen > 0) await tables.notices.raise(order, 0, 'refund-owed', at);
    await tables.notices.resolve(order, 'outcome-overdue', at);
    await tables.outbox.put(toIssuer(order, copies, report), at);
    return true;
  });
}

/** The same outcome has the same digest, in whatever order the copies are listed. */
export function outcomeDigestOf({ copies, refundedYen, refundPayableYen, changePayableYen }: ReportOutcome): string {
  const listed = copies.map(({ copy, outcome, sheetsOut }) => [copy, outcome, sheetsOut] as const);
  return digestOf(
    JSON.stringify([listed.toSorted(([a], [b]) => a - b), refundedYen, refundPayableYen, changePayableYen]),
  );
}

async function settleCopy(
  tables: Tables,
  order: Order,
  { copy, outcome, sheetsOut }: ReportOutcome['copies'][number],
  at: Date,
): Promise<void> {
  await tables.copies.settle(order, copy, outcome, sheetsOut);
  await tables.audit.record(copyEvents[outcome], at, { ...aboutOrder(order), copy });
  if (outcome === 'uncertain') await tables.notices.raise(order, copy, 'copy-uncertain', at);
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
