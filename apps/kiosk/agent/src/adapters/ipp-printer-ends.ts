/**
 * How jobs ended at a printer that forgets them as soon as they do (job history off): where it can, it keeps a note of each end
 * for us (RFC 3995). Without such a note the end of a forgotten job is not known.
 */
import type { IppClient, JobEvent, Operation } from '@machikado/printing';

export interface JobEnds {
  /** Before a job is sent. */
  keep(): Promise<void>;
  of(id: number): Promise<JobEvent | undefined>;
}

const LEASE_S = 86_400;
const needed: readonly Operation[] = ['Create-Printer-Subscriptions', 'Get-Notifications'];

export function createJobEnds(client: IppClient, offered: readonly Operation[]): JobEnds {
  const able = needed.every((operation) => offered.includes(operation));
  let subscription: number | undefined;
  let next = 1;
  const notes = async (): Promise<readonly JobEvent[] | undefined> => {
    const reply = subscription === undefined ? undefined : await client.jobEnds(subscription, next);
    return reply?.ok ? reply.value : undefined;
  };
  return {
    async keep() {
      if (!able) return;
      const old = await notes();
      for (const { 'notify-sequence-number': sequence = 0 } of old ?? []) next = Math.max(next, sequence + 1);
      if (old) return;
      const made = await client.keepJobEnds(LEASE_S);
      subscription = made.ok ? made.value : undefined;
      next = 1;
    },
    of: async (id) => (await notes())?.find((note) => note['notify-job-id'] === id),
  };
}
