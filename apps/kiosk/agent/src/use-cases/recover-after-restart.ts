/**
 * After a restart, and before any next use: every order that the journal still holds open is settled from what devices and center
 * say, and jobs that outlived the agent are followed to their end. Nothing is printed again: the keys died with the old process.
 * One that cannot be settled now does not keep the others waiting; it is thrown when all were tried. Whoever stands there may be the
 * one whose money has come back just now, so it is told, with a slip for what has to be asked for.
 */
import { type LateEnd, orderReferenceOf } from '@machikado/protocol';
import { note } from '../note.ts';
import { factsOf, owedYenOf, paidOutYenOf } from '../order-facts.ts';
import type { Ports } from '../ports.ts';
import { copiesOut, printReceipt } from './hand-over.ts';
import { closeOrder, type Settlement, settleDevices } from './settle-order.ts';
import { watchJob } from './watch-job.ts';

export async function recoverAfterRestart(
  ports: Ports,
  tell: (end: LateEnd) => void = () => {},
): Promise<readonly string[]> {
  const open = ports.journal.openOrders();
  const failures: unknown[] = [];
  const attempt = (act: () => Promise<unknown>) => act().catch((error: unknown) => failures.push(error));
  for (const orderId of open) await attempt(() => recoverOrder(orderId, ports, tell));
  for (const job of await ports.printer.activeJobs()) await attempt(() => watchJob(job.id, ports));
  if (failures.length > 0) throw failures[0];
  return open;
}

async function recoverOrder(orderId: string, ports: Ports, tell: (end: LateEnd) => void): Promise<void> {
  const entries = ports.journal.entriesOf(orderId);
  const before = factsOf(entries);
  const wasTold = entries.some(({ event }) => event === 'wiped');
  const settlement = await settleDevices(orderId, ports);
  const hasMoved = paidOutYenOf(before) + owedYenOf(before) < settlement.paidOutYen + settlement.owedYen;
  if (hasMoved || !wasTold) {
    const end = await lateEndOf(orderId, settlement, ports);
    await note(orderId, { event: 'wiped' }, ports);
    if (end) tell(end);
  }
  await closeOrder(orderId, 'recovery', ports);
}

/** undefined: nothing became of it, so there is nothing to say. */
async function lateEndOf(orderId: string, settlement: Settlement, ports: Ports): Promise<LateEnd | undefined> {
  const { chargedYen, owedYen, paidOutYen, copies } = settlement;
  const paperInside = copies.some(({ outcome }) => outcome === 'uncertain');
  if (chargedYen + owedYen + paidOutYen === 0 && !paperInside) return undefined;
  const slip = chargedYen + owedYen > 0 && (await printReceipt({ orderId, settlement }, ports));
  const charged = chargedYen > 0 && { charged: { yen: chargedYen, copies: copiesOut(settlement) } };
  const reference = orderReferenceOf(orderId);
  return { reference, cameBackYen: paidOutYen, owedYen, ...charged, slip, paperInside };
}
