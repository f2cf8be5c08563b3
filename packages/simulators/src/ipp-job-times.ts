/** When jobs came, began and ended, in seconds since the printer was switched on (RFC 8011 §5.3.14). What was before is 0. */
import { isTerminal, type PrinterJob } from './printer-state.ts';

export interface JobTimes {
  upSeconds(): number;
  /** Looks at the jobs as they are now. */
  note(jobs: Iterable<PrinterJob>): void;
  came(id: number): void;
  of(id: number): { readonly creation: number; readonly processing?: number; readonly completed?: number };
}

export function createJobTimes(now: () => Date): JobTimes {
  const begun = now().getTime();
  const times = new Map<number, { creation: number; processing?: number; completed?: number }>();
  const upSeconds = () => Math.max(1, Math.floor((now().getTime() - begun) / 1000) + 1);
  const timesOf = (id: number) => {
    const known = times.get(id) ?? { creation: 0 };
    times.set(id, known);
    return known;
  };
  return {
    upSeconds,
    note(jobs) {
      for (const job of jobs) {
        const known = timesOf(job.id);
        if (job.state === 'processing' || job.state === 'processing-stopped') known.processing ??= upSeconds();
        if (isTerminal(job)) known.completed ??= upSeconds();
      }
    },
    came: (id) => times.set(id, { creation: upSeconds() }),
    of: timesOf,
  };
}
