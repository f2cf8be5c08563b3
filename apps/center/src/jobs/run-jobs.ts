/** The background work of a center. Every center does all of it; what one has claimed, the others pass over. */
import { type Clocks, errorFields, type Repeating, repeat } from '@machikado/server';
import type { Center } from '../ports.ts';
import { deliverOutcomes } from './deliver-outcomes.ts';
import { expireOrders } from './expire-orders.ts';
import { expireSessions } from './expire-sessions.ts';
import { lookForResponder } from './look-for-responder.ts';
import { publishCancellations } from './publish-cancellations.ts';

type Job = (center: Center) => Promise<unknown>;
const jobs: readonly Job[] = [expireSessions, expireOrders, deliverOutcomes, publishCancellations, lookForResponder];

/** Each job on its own: one that fails or takes long holds up no other. */
export function startJobs(center: Center, clocks: Pick<Clocks, 'timers'>, everyMs: number): Repeating {
  const step = async (job: Job) => {
    await runJob(job, center);
    return everyMs;
  };
  const repeated = jobs.map((job) => repeat(() => step(job), clocks));
  return {
    async stop() {
      await Promise.all(repeated.map((work) => work.stop()));
    },
  };
}

/** One round of all of them, in this order. */
export async function runJobs(center: Center): Promise<void> {
  for (const job of jobs) await runJob(job, center);
}

/** A job that fails is tried again the next time. */
async function runJob(job: Job, center: Center): Promise<void> {
  try {
    await job(center);
  } catch (error) {
    center.log.warning('job-failed', { topic: job.name, ...errorFields(error) });
  }
}
