/**
 * Brings an order to its end from whatever point it stands at, from the journal and the devices alone. The same steps after a
 * good print, after a failure and after a restart: sheets first (no refund before a job is terminal), then money, then the center.
 * Whoever is killed in here can begin again.
 */
import type { CancelOrder, MoneyEnd } from '@machikado/protocol';
import { note } from '../note.ts';
import { type CopyFacts, copyFacts, factsOf, moneyEndOf, owedYenOf, refundDueYen } from '../order-facts.ts';
import type { Ports } from '../ports.ts';
import { cancelOrder, returnDeposit } from './cancel-order.ts';
import { endSheets } from './end-sheets.ts';
import { findFixedYen } from './fix-deposit.ts';
import { payOut } from './pay-out.ts';
import { reportOutcome } from './report-outcome.ts';

export interface Settlement {
  readonly as: 'settled' | 'cancelled';
  readonly copies: readonly CopyFacts[];
  readonly chargedYen: number;
  /** Owed to the resident: deposit, change or refund that the coin unit could not pay out. */
  readonly owedYen: number;
  /** What became of the money for what did not come out. */
  readonly money: MoneyEnd;
  /** Came out as change. */
  readonly changeYen: number;
}

export async function settleOrder(orderId: string, reason: CancelOrder['reason'], ports: Ports): Promise<Settlement> {
  await endSheets(orderId, ports);
  const as =
    (await findFixedYen(orderId, ports)) === undefined
      ? await giveUp(orderId, reason, ports)
      : await finish(orderId, ports);
  const facts = factsOf(ports.journal.entriesOf(orderId));
  await note(orderId, { event: 'order-closed', as }, ports);
  return {
    as,
    copies: copyFacts(facts),
    chargedYen: facts.fixedYen === undefined ? 0 : facts.feeYen - refundDueYen(facts),
    owedYen: owedYenOf(facts),
    money: moneyEndOf(facts),
    changeYen: facts.payOuts.change?.done?.paidYen ?? 0,
  };
}

async function giveUp(orderId: string, reason: CancelOrder['reason'], ports: Ports): Promise<Settlement['as']> {
  await returnDeposit(orderId, ports);
  const { outcome } = factsOf(ports.journal.entriesOf(orderId));
  if (!outcome && (await cancelOrder(orderId, reason, ports)) === 'cancelled') return 'cancelled';
  await reportOutcome(orderId, ports);
  return 'settled';
}

async function finish(orderId: string, ports: Ports): Promise<Settlement['as']> {
  await payOut('change', orderId, ports);
  if (refundDueYen(factsOf(ports.journal.entriesOf(orderId))) > 0) await payOut('refund', orderId, ports);
  await reportOutcome(orderId, ports);
  return 'settled';
}
