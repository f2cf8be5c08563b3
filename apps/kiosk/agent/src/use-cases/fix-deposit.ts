/** Takes the escrow for good, after the sheets were found whole, and gives the change. */
import { orFault } from '../device-trouble.ts';
import { note } from '../note.ts';
import { factsOf } from '../order-facts.ts';
import type { Ports } from '../ports.ts';
import { payOut } from './pay-out.ts';

export async function fixDeposit(orderId: string, ports: Ports): Promise<void> {
  const { coinUnit } = ports;
  const { fixedYen: fixedBeforeYen } = await orFault('COIN_UNIT_FAULT', () => coinUnit.totals());
  await note(orderId, { event: 'fix-intended', fixedBeforeYen }, ports);
  await orFault('COIN_UNIT_FAULT', () => coinUnit.fixDeposit());
  const { fixedYen } = await coinUnit.totals();
  await note(orderId, { event: 'deposit-fixed', fixedYen: fixedYen - fixedBeforeYen }, ports);
  await payOut('change', orderId, ports);
}

/** How much was fixed; undefined when nothing was. Where the journal breaks off after the intent, the coin unit knows. */
export async function findFixedYen(orderId: string, ports: Ports): Promise<number | undefined> {
  const { fixedYen, fixedBeforeYen } = factsOf(ports.journal.entriesOf(orderId));
  if (fixedYen !== undefined || fixedBeforeYen === undefined) return fixedYen;
  const takenYen = (await ports.coinUnit.totals()).fixedYen - fixedBeforeYen;
  if (takenYen === 0) return undefined;
  await note(orderId, { event: 'deposit-fixed', fixedYen: takenYen }, ports);
  return takenYen;
}
