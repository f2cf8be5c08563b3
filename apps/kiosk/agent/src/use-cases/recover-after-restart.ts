/**
 * After a restart: every order that the journal still holds open is settled from what devices and center say, and jobs that
 * outlived the agent are followed to their end. Nothing is printed again: the keys died with the old process.
 */
import type { Ports } from '../ports.ts';
import { settleOrder } from './settle-order.ts';
import { watchJob } from './watch-job.ts';

export async function recoverAfterRestart(ports: Ports): Promise<readonly string[]> {
  const open = ports.journal.openOrders();
  for (const orderId of open) await settleOrder(orderId, 'recovery', ports);
  for (const job of await ports.printer.activeJobs()) await watchJob(job.id, ports);
  return open;
}
