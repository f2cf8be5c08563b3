/** The background work of a center. Every center does all of it; what one has claimed, the others pass over. */
import { errorFields } from '@machikado/server';
import type { Center } from '../ports.ts';
import { deliverOutcomes } from './deliver-outcomes.ts';
import { expireOrders } from './expire-orders.ts';
import { expireSessions } from './expire-sessions.ts';
import { lookForResponder } from './look-for-responder.ts';
import { publishCancellations } from './publish-cancellations.ts';

type Job = (center: Center) => Promise<unknown>;
const jobs: readonly Job[] = [expireSessions, expireOrders, deliverOutcomes, publishCancellations, lookForResponder];

export interface Repeating {
  stop(): Promise<void>;
}

/** Each job on its own: one that fails or takes long holds up no other. */
export function startJobs(center: Center, everyMs: number): Repeating {
  const repeated = jobs.map((job) => repeat(() => runJob(job, center), everyMs));
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

/** Runs again and again until stopped; stopping waits for the run under way. */
export function repeat(work: () => Promise<void>, everyMs: number): Repeating {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const next = () => {
    running = work().finally(() => {
      if (!stopped) timer = setTimeout(next, everyMs).unref();
    });
  };
  next();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
