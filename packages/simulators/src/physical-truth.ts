/** What really happened in the machine, read from the devices' own logs: the first of the three truths that tests compare. */
import { join } from 'node:path';
import { type CashEntry, type CashTotals, foldCash } from './coin-unit-state.ts';
import { readDeviceLog } from './device-log.ts';
import { foldPrinter, isTerminal, type PrinterEntry } from './printer-state.ts';

export interface PhysicalTruth {
  readonly cash: CashTotals;
  /** Whole sheets that ever came out, by job name. */
  readonly sheetsOut: ReadonlyMap<string, number>;
  readonly jobsActive: number;
  readonly sheetsInTray: number;
}

export function physicalTruth(dir: string): PhysicalTruth {
  const printer = foldPrinter(readDeviceLog<PrinterEntry>(join(dir, 'printer.jsonl')));
  const sheetsOut = new Map<string, number>();
  for (const job of printer.jobs.values())
    if (job.sheetsCompleted > 0) sheetsOut.set(job.name, (sheetsOut.get(job.name) ?? 0) + job.sheetsCompleted);
  return {
    cash: foldCash(readDeviceLog<CashEntry>(join(dir, 'coin-unit.jsonl'))).totals,
    sheetsOut,
    jobsActive: [...printer.jobs.values()].filter((job) => !isTerminal(job)).length,
    sheetsInTray: printer.tray.length,
  };
}
