/** ⑬, ⑭, and the word about what became of it all when the use ended early. Nobody is known any more. */
import { orderReferenceOf } from '@machikado/protocol';
import { codeOf } from '../end-of-use.ts';
import { factsOf, paidOutYenOf } from '../order-facts.ts';
import type { Ports } from '../ports.ts';
import type { EarlyEnd, Resident } from '../resident.ts';
import { copiesOut, handOver, printReceipt } from './hand-over.ts';
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
  if (orderId !== undefined) await handOver(paperOf(orderId, settlement, ports), resident, ports);
  const isSlipDue = settlement && (error === undefined || settlement.chargedYen + settlement.owedYen > 0);
  const slip =
    orderId !== undefined && isSlipDue ? await printReceipt({ orderId, settlement, municipality }, ports) : undefined;
  if (error !== undefined) {
    if (use.begun) await resident.endEarly(earlyEndOf(use, slip === true, error, ports));
    return;
  }
  if (orderId === undefined || !settlement || slip === undefined) return;
  const { chargedYen, owedYen } = settlement;
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
    const { money, owedYen, chargedYen, copies, paidOutYen } = settlement;
    const paperInside = copies.some(({ outcome }) => outcome === 'uncertain');
    const charged = chargedYen > 0 && { charged: { yen: chargedYen, copies: copiesOut(settlement) } };
    return { ...known, money, owedYen, ...charged, moneyOut: paidOutYen > 0, paperInside };
  }
  const facts = factsOf(orderId === undefined ? [] : journal.entriesOf(orderId));
  const money = facts.deposit ? 'unsettled' : 'none-taken';
  return { ...known, money, owedYen: 0, moneyOut: paidOutYenOf(facts) > 0, paperInside: facts.sheets.length > 0 };
}
