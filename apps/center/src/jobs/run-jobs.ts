/** The background work of a center. Every center does all of it; what one has claimed, the others pass over. */
import { errorFields } from '@machikado/server';
import type { Center } from '../ports.ts';
import { deliverOutcomes } from './deliver-outcomes.ts';
import { expireOrders } from './expire-orders.ts';
import { expireSessions } from './expire-sessions.ts';
import { lookForResponder } from './look-for-responder.ts';
import { publishCancellations } from './publish-cancellations.ts';

const jobs = { expireSessions, expireOrders, deliverOutcomes, publishCancellations, lookForResponder } as const;

/** A job that fails is tried again the next time and holds up no other. */
export async function runJobs(center: Center): Promise<void> {
  for (const [job, run] of Object.entries(jobs))
    await run(center).catch((error: unknown) =>
      center.log.warning('job-failed', { topic: job, ...errorFields(error) }),
    );
}

/** Runs again and again until stopped; stopping waits for the run under way. */
export function repeat(work: () => Promise<void>, everyMs: number): { stop(): Promise<void> } {
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
