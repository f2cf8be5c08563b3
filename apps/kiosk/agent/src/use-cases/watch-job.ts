/**
 * Follows a print job until it is over. One that stands still too long is cancelled; nothing is decided before it is terminal, and
 * one that does not even end then is left for the recovery: no refund while paper may still come.
 */
import type { SheetEnd } from '../journal-entry.ts';
import { KioskFault } from '../kiosk-fault.ts';
import type { Ports, PrintJob } from '../ports.ts';

export interface EndedJob {
  readonly job: PrintJob;
  /** As far as anybody looked, no sheet of it ever left the cassette. */
  readonly neverFed: boolean;
}

const TERMINAL: ReadonlySet<PrintJob['state']> = new Set(['canceled', 'aborted', 'completed']);

/** A printer that waits for paper tells only whoever watched from the submission that it fed nothing before. */
export async function watchJob(
  id: number,
  { printer, clock, patience }: Ports,
  since: 'submission' | 'restart' = 'restart',
  onLook: (job: PrintJob) => Promise<void> = async () => {},
): Promise<EndedJob> {
  const waits = (job: PrintJob) => job.state === 'pending' || (since === 'submission' && waitsForPaper(job));
  let standingSince = clock.now();
  let cancelledAt: Date | undefined;
  let last = '';
  let looks = 0;
  let waitedAlways = true;
  for (;;) {
    const job = await printer.job(id);
    if (TERMINAL.has(job.state))
      return { job, neverFed: looks > 0 && waitedAlways && job.state === 'canceled' && nothingPrinted(job) };
    await onLook(job);
    looks += 1;
    waitedAlways &&= waits(job);
    const now = `${job.state} ${job.impressionsCompleted} ${job.sheetsCompleted}`;
    if (now !== last) standingSince = clock.now();
    last = now;
    const msSince = (then: Date) => clock.now().getTime() - then.getTime();
    if (cancelledAt && msSince(cancelledAt) >= patience.printStandstillMs) throw new KioskFault('PRINTER_FAULT');
    if (cancelledAt || msSince(standingSince) >= patience.printStandstillMs) {
      cancelledAt ??= clock.now();
      await printer.cancel(id);
    }
    await clock.sleep(patience.printPollMs);
  }
}

const nothingPrinted = ({ impressionsCompleted, sheetsCompleted }: PrintJob) =>
  impressionsCompleted === 0 && sheetsCompleted === 0;

const waitsForPaper = (job: PrintJob) =>
  job.state === 'processing-stopped' && job.stateReasons.includes('media-empty') && nothingPrinted(job);

/**
 * A job may complete with errors, so only its counter says that the sheet is out. A sheet that was ever fed may lie printed in the
 * paper path: staff must look.
 */
export function sheetEndOf(ended: EndedJob | undefined): SheetEnd {
  if (ended?.job.state === 'completed' && ended.job.sheetsCompleted === 1) return 'out';
  return ended?.neverFed ? 'not-out' : 'uncertain';
}

/** By which a printer is asked about a sheet after a restart. */
export function jobNameOf(orderId: string, copy: number, sheet: number): string {
  return `${orderId}.${copy}.${sheet}`;
}
