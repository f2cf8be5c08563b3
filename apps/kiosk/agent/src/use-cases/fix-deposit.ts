/** Takes the escrow for good, after the sheets were found whole, and gives the change. */
import { movedYen } from '../coin-counters.ts';
import { orFault } from '../device-trouble.ts';
import { note } from '../note.ts';
import { factsOf } from '../order-facts.ts';
import type { Ports } from '../ports.ts';
import { payOut } from './pay-out.ts';

export async function fixDeposit(orderId: string, ports: Ports): Promise<void> {
  const { coinUnit, journal } = ports;
  const { deposit, feeYen } = factsOf(journal.entriesOf(orderId));
  // 無料: there is nothing to take.
  if (!deposit) return note(orderId, { event: 'deposit-fixed', fixedYen: 0 }, ports);
  await orFault('COIN_UNIT_FAULT', async () => {
    const { fixedYen: fixedBeforeYen } = await coinUnit.totals();
    await note(orderId, { event: 'fix-intended', fixedBeforeYen }, ports);
    await coinUnit.fixDeposit();
    const fixedYen = movedYen(fixedBeforeYen, (await coinUnit.totals()).fixedYen, { leastYen: feeYen });
    await note(orderId, { event: 'deposit-fixed', fixedYen }, ports);
    await payOut('change', orderId, ports);
  });
}

/** How much was fixed; undefined when nothing was. Where the journal breaks off after the intent, the coin unit knows. */
export async function findFixedYen(orderId: string, ports: Ports): Promise<number | undefined> {
  const { fixedYen, fixedBeforeYen, feeYen } = factsOf(ports.journal.entriesOf(orderId));
  if (fixedYen !== undefined || fixedBeforeYen === undefined) return fixedYen;
  const nowYen = (await ports.coinUnit.totals()).fixedYen;
  if (nowYen === fixedBeforeYen) return undefined;
  const takenYen = movedYen(fixedBeforeYen, nowYen, { leastYen: feeYen });
  await note(orderId, { event: 'deposit-fixed', fixedYen: takenYen }, ports);
  return takenYen;
}
