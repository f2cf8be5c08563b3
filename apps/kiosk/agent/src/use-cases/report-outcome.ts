/**
 * What came out, and what became of the money for what did not. Journaled as it is sent, so that a repeat after a restart is the
 * same to the letter.
 */
import type { ReportOutcome } from '@machikado/protocol';
import { note } from '../note.ts';
import { copyFacts, factsOf, type OrderFacts } from '../order-facts.ts';
import type { Ports } from '../ports.ts';
import { untilAnswered } from '../until-answered.ts';

export async function reportOutcome(orderId: string, ports: Ports): Promise<ReportOutcome> {
  const facts = factsOf(ports.journal.entriesOf(orderId));
  const outcome = facts.outcome ?? outcomeOf(facts);
  if (!facts.outcome) await note(orderId, { event: 'outcome-intended', outcome }, ports);
  await untilAnswered(ports, () => ports.center.reportOutcome(orderId, outcome));
  return outcome;
}

function outcomeOf(facts: OrderFacts): ReportOutcome {
  const copies = copyFacts(facts).map(({ copy, outcome, sheetsOut }) => ({ copy, outcome, sheetsOut }));
  if (facts.fixedYen === undefined) return { copies, ...moneyOfReturned(facts) };
  const { change, refund } = facts.payOuts;
  const { paidYen, owedYen } = refund?.done ?? { paidYen: 0, owedYen: 0 };
  return { copies, refundedYen: paidYen, refundPayableYen: owedYen, changePayableYen: change?.done?.owedYen ?? 0 };
}

/** Never fixed: the escrow went back. What it lacks is owed, of the fee first and of what lay over it next. */
function moneyOfReturned({ feeYen, deposit }: OrderFacts) {
  const owedYen = deposit?.returned?.owedYen ?? 0;
  const refundPayableYen = Math.min(owedYen, feeYen);
  return { refundedYen: feeYen - refundPayableYen, refundPayableYen, changePayableYen: owedYen - refundPayableYen };
}
