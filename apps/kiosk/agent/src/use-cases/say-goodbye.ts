/** ⑬, ⑭, and the word about what became of it all when the use ended early. Nobody is known any more. */
import { orderReferenceOf } from '@machikado/protocol';
import { codeOf } from '../end-of-use.ts';
import { note } from '../note.ts';
import { factsOf, paidOutYenOf } from '../order-facts.ts';
import type { Ports } from '../ports.ts';
import type { EarlyEnd, Resident } from '../resident.ts';
import { chargedFor, copiesOut, handOver, isPaperInside, printReceipt } from './hand-over.ts';
import type { Settlement } from './settle-order.ts';

/** What the machine keeps of a use until its end: ids, sheets and yen, and whose fee it is. */
export interface UseSoFar {
  orderId?: string;
  municipality?: string;
  settlement?: Settlement;
  /** Of the last order that was tried. */
  reference?: string;
  sessionId?: string;
  begun?: true;
}

export async function sayGoodbye(resident: Resident, ports: Ports, use: UseSoFar, error: unknown): Promise<void> {
  const { orderId, settlement, municipality = '' } = use;
  if (orderId === undefined || !settlement) {
    if (orderId !== undefined) await handOver(paperOf(orderId, settlement, ports), resident, ports);
    if (error !== undefined && use.begun) await resident.endEarly(earlyEndOf(use, false, error, ports));
    return;
  }
  const { chargedYen, owedYen } = settlement;
  // Before the slip, so that no restart prints another. A full disk keeps nobody from paper and slip.
  await note(orderId, { event: 'told' }, ports).catch(() => undefined);
  const print = () => printReceipt({ orderId, settlement, municipality }, ports);
  // Whoever is owed something has it in hand before anything is waited for.
  const debtSlip = owedYen > 0 ? await print() : undefined;
  await handOver(paperOf(orderId, settlement, ports), resident, ports);
  const isDue = error === undefined || chargedYen > 0;
  const slip = debtSlip ?? (isDue ? await print() : false);
  if (error !== undefined) {
    if (use.begun) await resident.endEarly(earlyEndOf(use, slip, error, ports));
    return;
  }
  const reference = orderReferenceOf(orderId);
  await resident.takeReceipt({ printed: slip, reference, copies: copiesOut(settlement), chargedYen, owedYen });
}

/** An order that could not be settled is still in the journal. */
function paperOf(orderId: string, settlement: Settlement | undefined, { journal }: Ports) {
  if (!settlement) {
    const { sheets, payOuts } = factsOf(journal.entriesOf(orderId));
    return { sheetsFed: sheets.length > 0, changeYen: payOuts.change?.done?.paidYen ?? 0 };
  }
  const { copies, changeYen } = settlement;
  return { sheetsFed: copies.some(({ sheetsOut, outcome }) => sheetsOut > 0 || outcome === 'uncertain'), changeYen };
}

function earlyEndOf(
  { orderId, settlement, reference }: UseSoFar,
  slip: boolean,
  error: unknown,
  { journal }: Ports,
): EarlyEnd {
  const known = { code: codeOf(error), slip, ...(reference !== undefined && { reference }) };
  if (settlement) {
    const { money, owedYen, paidOutYen } = settlement;
    const paper = { ...chargedFor(settlement), paperInside: isPaperInside(settlement) };
    return { ...known, ...paper, money, owedYen, moneyOut: paidOutYen > 0 };
  }
  const facts = factsOf(orderId === undefined ? [] : journal.entriesOf(orderId));
  const money = facts.deposit ? 'unsettled' : 'none-taken';
  return { ...known, money, owedYen: 0, moneyOut: paidOutYenOf(facts) > 0, paperInside: facts.sheets.length > 0 };
}
