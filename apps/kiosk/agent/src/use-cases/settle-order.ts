/**
 * Brings an order to its end from whatever point it stands at, from the journal and the devices alone. The same steps after a
 * good print, after a failure and after a restart: sheets first (no refund before a job is terminal), then money, then the center.
 * Whoever is killed in here can begin again.
 */
import type { CancelOrder, MoneyEnd } from '@machikado/protocol';
import { note } from '../note.ts';
import {
  type CopyFacts,
  copyFacts,
  factsOf,
  moneyEndOf,
  owedYenOf,
  paidOutYenOf,
  refundDueYen,
} from '../order-facts.ts';
import type { Ports } from '../ports.ts';
import { cancelOrder, returnDeposit } from './cancel-order.ts';
import { endSheets } from './end-sheets.ts';
import { findFixedYen } from './fix-deposit.ts';
import { payOut } from './pay-out.ts';
import { reportOutcome } from './report-outcome.ts';

export interface Settlement {
  /** open: the devices are done, and the center has not heard of it yet. */
  readonly as: 'open' | 'settled' | 'cancelled';
  readonly copies: readonly CopyFacts[];
  readonly chargedYen: number;
  /** Owed to the resident: deposit, change or refund that the coin unit could not pay out. */
  readonly owedYen: number;
  /** What became of the money for what did not come out. */
  readonly money: MoneyEnd;
  /** Came out as change. */
  readonly changeYen: number;
  /** Came out at all: deposit, change, refund. */
  readonly paidOutYen: number;
}

export async function settleOrder(orderId: string, reason: CancelOrder['reason'], ports: Ports): Promise<Settlement> {
  const settlement = await settleDevices(orderId, ports);
  return { ...settlement, as: await closeOrder(orderId, reason, ports) };
}

/** Paper and coins: from here on it is certain what the resident has. */
export async function settleDevices(orderId: string, ports: Ports): Promise<Settlement> {
  await endSheets(orderId, ports);
  if ((await findFixedYen(orderId, ports)) === undefined) await returnDeposit(orderId, ports);
  else await payOut('change', orderId, ports);
  if (refundIsDue(orderId, ports)) await payOut('refund', orderId, ports);
  const facts = factsOf(ports.journal.entriesOf(orderId));
  return {
    as: 'open',
    copies: copyFacts(facts),
    chargedYen: facts.fixedYen === undefined ? 0 : facts.feeYen - refundDueYen(facts),
    owedYen: owedYenOf(facts),
    money: moneyEndOf(facts),
    changeYen: facts.payOuts.change?.done?.paidYen ?? 0,
    paidOutYen: paidOutYenOf(facts),
  };
}

function refundIsDue(orderId: string, { journal }: Ports): boolean {
  const facts = factsOf(journal.entriesOf(orderId));
  return facts.fixedYen !== undefined && refundDueYen(facts) > 0;
}

/** Tells the center. */
export async function closeOrder(
  orderId: string,
  reason: CancelOrder['reason'],
  ports: Ports,
): Promise<'settled' | 'cancelled'> {
  const { fixedYen, outcome } = factsOf(ports.journal.entriesOf(orderId));
  const mayBeCancelled = fixedYen === undefined && !outcome;
  const as = mayBeCancelled && (await cancelOrder(orderId, reason, ports)) === 'cancelled' ? 'cancelled' : 'settled';
  if (as === 'settled') await reportOutcome(orderId, ports);
  await note(orderId, { event: 'order-closed', as }, ports);
  return as;
}
