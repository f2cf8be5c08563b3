/**
 * おつり and 返金. Intent with the counter before it, act, then what really came out by the counter: a kill in between neither
 * pays twice nor forgets. What cannot be paid out is owed to the resident.
 */
import { movedYen } from '../coin-counters.ts';
import type { PayOut } from '../journal-entry.ts';
import { note } from '../note.ts';
import { factsOf, refundDueYen } from '../order-facts.ts';
import type { Ports } from '../ports.ts';

export async function payOut(purpose: PayOut, orderId: string, ports: Ports): Promise<void> {
  const { coinUnit, journal } = ports;
  const facts = factsOf(journal.entriesOf(orderId));
  // 無料: nothing was put in.
  if (!facts.deposit) return;
  const begun = facts.payOuts[purpose];
  if (begun?.done) return;
  const yen = begun?.yen ?? (purpose === 'change' ? (facts.fixedYen ?? 0) - facts.feeYen : refundDueYen(facts));
  const dispensedBeforeYen = begun?.dispensedBeforeYen ?? (await coinUnit.totals()).dispensedYen;
  if (!begun) await note(orderId, { event: 'pay-out-intended', for: purpose, yen, dispensedBeforeYen }, ports);

  const paid = async () => movedYen(dispensedBeforeYen, (await coinUnit.totals()).dispensedYen, { mostYen: yen });
  const restYen = yen - (await paid());
  try {
    if (purpose === 'change') await coinUnit.endDeposit({ changeYen: restYen });
    else if (restYen > 0) await coinUnit.dispenseChange(restYen);
  } catch {
    // No change left, or a jam: the counter says how far it came.
  }
  const paidYen = await paid();
  await note(orderId, { event: 'paid-out', for: purpose, paidYen, owedYen: yen - paidYen }, ports);
}
