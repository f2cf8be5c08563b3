/**
 * After a restart, and before any next use: every order that the journal still holds open is settled from what devices and center
 * say, and jobs that outlived the agent are followed to their end. Nothing is printed again: the keys died with the old process.
 * One that cannot be settled now does not keep the others waiting; it is thrown when all were tried.
 */
import type { Ports } from '../ports.ts';
import { settleOrder } from './settle-order.ts';
import { watchJob } from './watch-job.ts';

export async function recoverAfterRestart(ports: Ports): Promise<readonly string[]> {
  const open = ports.journal.openOrders();
  const failures: unknown[] = [];
  const attempt = (act: () => Promise<unknown>) => act().catch((error: unknown) => failures.push(error));
  for (const orderId of open) await attempt(() => settleOrder(orderId, 'recovery', ports));
  for (const job of await ports.printer.activeJobs()) await attempt(() => watchJob(job.id, ports));
  if (failures.length > 0) throw failures[0];
  return open;
}
