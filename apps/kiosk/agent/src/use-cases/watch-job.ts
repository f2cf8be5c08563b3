/** Follows a print job until it is over. One that stands still too long is cancelled; nothing is decided before it is terminal. */
import type { SheetEnd } from '../journal-entry.ts';
import type { Ports, PrintJob } from '../ports.ts';

const TERMINAL: ReadonlySet<PrintJob['state']> = new Set(['canceled', 'aborted', 'completed']);

export async function watchJob(id: number, { printer, clock, patience }: Ports): Promise<PrintJob> {
  let standingSince = clock.now();
  let last = '';
  for (;;) {
    const job = await printer.job(id);
    if (TERMINAL.has(job.state)) return job;
    const now = `${job.state} ${job.impressionsCompleted} ${job.sheetsCompleted}`;
    if (now !== last) standingSince = clock.now();
    last = now;
    if (clock.now().getTime() - standingSince.getTime() >= patience.printStandstillMs) await printer.cancel(id);
    await clock.sleep(patience.printPollMs);
  }
}

/** Only a completed job surely put its sheet out; once a side was begun, an ended job may have. */
export function sheetEndOf(job: PrintJob | undefined): SheetEnd {
  if (job?.state === 'completed') return 'out';
  return job && job.impressionsCompleted === 0 && job.sheetsCompleted === 0 ? 'not-out' : 'uncertain';
}

/** By which a printer is asked about a sheet after a restart. */
export function jobNameOf(orderId: string, copy: number, sheet: number): string {
  return `${orderId}.${copy}.${sheet}`;
}
