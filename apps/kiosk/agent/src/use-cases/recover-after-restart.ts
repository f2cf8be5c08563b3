/**
 * After a restart, and before any next use: every order that the journal still holds open is settled from what devices and center
 * say, and jobs that outlived the agent are followed to their end. Nothing is printed again: the keys died with the old process.
 * One that cannot be settled now does not keep the others waiting; it is thrown when all were tried.
 */
import { type LateEnd, orderReferenceOf } from '@machikado/protocol';
import type { JournalEntry } from '../journal-entry.ts';
import { note } from '../note.ts';
import { factsOf, paidOutYenOf } from '../order-facts.ts';
import type { Ports } from '../ports.ts';
import { chargedFor, isPaperInside, printReceipt } from './hand-over.ts';
import { closeOrder, type Settlement, settleDevices } from './settle-order.ts';
import { watchJob } from './watch-job.ts';

/** `mayStandThere`: it is not long ago, so that the one whose money has come back may still wait for it. */
export type TellLateEnd = (end: LateEnd, mayStandThere: boolean) => void;

/** Time for a power cut and a start; whoever comes later would read of another’s money. */
const STANDS_THERE_MS = 10 * 60_000;

export async function recoverAfterRestart(ports: Ports, tell: TellLateEnd = () => {}): Promise<readonly string[]> {
  const open = ports.journal.openOrders();
  const failures: unknown[] = [];
  const attempt = (act: () => Promise<unknown>) => act().catch((error: unknown) => failures.push(error));
  for (const orderId of open) await attempt(() => recoverOrder(orderId, ports, tell));
  for (const job of await ports.printer.activeJobs()) await attempt(() => watchJob(job.id, ports));
  if (failures.length > 0) throw failures[0];
  return open;
}

async function recoverOrder(orderId: string, ports: Ports, tell: TellLateEnd): Promise<void> {
  const before = [...ports.journal.entriesOf(orderId)];
  const settlement = await settleDevices(orderId, ports);
  if (!before.some(({ event }) => event === 'told')) await tellOf(orderId, before, settlement, ports, tell);
  await closeOrder(orderId, 'recovery', ports);
}

async function tellOf(
  orderId: string,
  before: readonly JournalEntry[],
  settlement: Settlement,
  ports: Ports,
  tell: TellLateEnd,
): Promise<void> {
  const { owedYen, chargedYen } = settlement;
  // What came out before may have been taken long since.
  const cameBackYen = settlement.paidOutYen - paidOutYenOf(factsOf(before));
  const paperInside = isPaperInside(settlement);
  if (cameBackYen + owedYen + chargedYen === 0 && !paperInside) return;
  // Intent first, as everywhere: a slip that was lost is better than two for one debt.
  await note(orderId, { event: 'told' }, ports);
  const lastAt = Date.parse(before.at(-1)?.at ?? '');
  const mayStandThere = ports.clock.now().getTime() - lastAt < STANDS_THERE_MS;
  const isSlipDue = mayStandThere && chargedYen + owedYen > 0;
  const slip = isSlipDue && (await printReceipt({ orderId, settlement }, ports));
  const reference = orderReferenceOf(orderId);
  tell({ reference, cameBackYen, owedYen, ...chargedFor(settlement), slip, paperInside }, mayStandThere);
}
