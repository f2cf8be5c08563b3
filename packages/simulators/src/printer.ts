/**
 * 証明書印刷: a printer with the job model of IPP (RFC 8011). It moves one step whenever somebody looks at a job, so that a test
 * decides how fast it prints. It outlives the agent: an unfinished job either goes on by itself when the folder is opened again,
 * or was aborted by the same power cut. Sheets come out as PDF files in its output tray.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeviceFault } from './device-fault.ts';
import { openDeviceLog } from './device-log.ts';
import { printedPages } from './printed-pages.ts';
import { foldPrinter, isTerminal, type PrinterEntry, type PrinterJob, sheetsOf } from './printer-state.ts';

export interface PrintRequest {
  /** Opaque to the printer; an agent finds its job again by it. */
  readonly name: string;
  readonly document: Uint8Array;
  /** First and last page to print, from 1. */
  readonly pages: readonly [first: number, last: number];
  readonly duplex: boolean;
}

export interface Printer {
  submit(request: PrintRequest): Promise<number>;
  job(id: number): Promise<PrinterJob>;
  findJob(name: string): Promise<PrinterJob | undefined>;
  activeJobs(): Promise<readonly PrinterJob[]>;
  cancel(id: number): Promise<void>;
  trayEmpty(): Promise<boolean>;
  status(): Promise<PrinterStatus>;
}

export interface PrinterStatus {
  readonly faults: readonly ('media-empty' | 'media-jam' | 'toner-empty' | 'cover-open')[];
  readonly warnings: readonly ('media-low' | 'toner-low')[];
  readonly sheetsLeft?: number;
}

export interface PrinterFront {
  /** The resident takes everything; the files move to `to`. */
  takePaper(to: string): readonly string[];
  /** Staff clear the jam or fill the cassette; the printer prints the sheet anew. */
  clear(): void;
}

/** `no-sheet`: the job completes with errors, and nothing came out. */
export type PrinterFault = 'jam' | 'paper-out' | 'power-cut' | 'power-cut-after-sheet' | 'abort' | 'no-sheet';

export interface PrinterOptions {
  /** What happens at the n-th sheet of this opening. */
  readonly faults?: Readonly<Record<number, PrinterFault>>;
  /** What became of a job that was under way when the folder was last closed. */
  readonly unfinished?: 'goes-on' | 'aborted';
}

export function openPrinter(dir: string, options: PrinterOptions = {}): Printer & PrinterFront {
  const log = openDeviceLog<PrinterEntry>(join(dir, 'printer.jsonl'));
  const trayDir = join(dir, 'tray');
  const memoryDir = join(dir, 'printer-memory');
  for (const folder of [trayDir, memoryDir]) mkdirSync(folder, { recursive: true });
  const memoryOf = (id: number) => join(memoryDir, `${id}.pdf`);
  const state = () => foldPrinter(log.entries);
  const active = () => [...state().jobs.values()].filter((job) => !isTerminal(job));
  const fileOf = (job: PrinterJob, sheet: number) =>
    join(trayDir, sheetsOf(job) === 1 ? `${job.name}.pdf` : `${job.name}-${sheet}.pdf`);
  let sheetsBegun = 0;
  let fault: PrinterFault | undefined;

  const end = (id: number, did: 'completed' | 'canceled' | 'aborted') => {
    log.append({ did, job: id });
    rmSync(memoryOf(id), { force: true });
  };
  const losePower = () => {
    const lost = active();
    log.append({ did: 'power-lost' });
    for (const job of lost) rmSync(memoryOf(job.id), { force: true });
  };
  const putOut = (job: PrinterJob) => {
    const sheet = job.sheetsCompleted + 1;
    const perSheet = job.duplex ? 2 : 1;
    const first = job.pages[0] + (sheet - 1) * perSheet;
    const pages = [first, Math.min(first + perSheet - 1, job.pages[1])] as const;
    const document = new Uint8Array(readFileSync(memoryOf(job.id)));
    // The file first: a sheet that the log speaks of is there to be taken.
    writeFileSync(fileOf(job, sheet), printedPages(document, pages));
    log.append({ did: 'sheet-out', job: job.id });
  };
  const feed = (job: PrinterJob) => {
    sheetsBegun += 1;
    fault = options.faults?.[sheetsBegun];
    if (fault === 'paper-out') log.append({ did: 'stopped', job: job.id, reason: 'media-empty' });
    else if (fault === 'abort') end(job.id, 'aborted');
    else log.append({ did: 'fed', job: job.id });
  };
  const jam = (job: PrinterJob) => {
    fault = undefined;
    log.append({ did: 'sheet-ruined', job: job.id });
    log.append({ did: 'stopped', job: job.id, reason: 'media-jam' });
  };

  /** One movement: feed, print a side, put out, finish. */
  const step = () => {
    const job = active()[0];
    if (!job || job.state === 'processing-stopped') return;
    const impressionsNeeded = Math.min(
      (job.sheetsCompleted + 1) * (job.duplex ? 2 : 1),
      job.pages[1] - job.pages[0] + 1,
    );
    if (job.sheetsCompleted === sheetsOf(job)) end(job.id, 'completed');
    else if (!job.sheetInPath) feed(job);
    else if (job.impressionsCompleted < impressionsNeeded) log.append({ did: 'impression', job: job.id });
    else if (fault === 'jam') jam(job);
    else if (fault === 'power-cut') losePower();
    else if (fault === 'no-sheet') end(job.id, 'completed');
    else {
      putOut(job);
      if (fault === 'power-cut-after-sheet') losePower();
    }
  };

  if (options.unfinished === 'aborted' && active().length > 0) losePower();

  return {
    async submit({ name, document, pages, duplex }) {
      const id = log.entries.filter((entry) => entry.did === 'accepted').length + 1;
      writeFileSync(memoryOf(id), document);
      log.append({ did: 'accepted', job: id, name, pages, duplex });
      return id;
    },
    async job(id) {
      step();
      const job = state().jobs.get(id);
      if (!job) throw new DeviceFault('unknown-job');
      return job;
    },
    findJob: async (name) => [...state().jobs.values()].findLast((job) => job.name === name),
    activeJobs: async () => active(),
    async cancel(id) {
      if (active().some((job) => job.id === id)) end(id, 'canceled');
    },
    trayEmpty: async () => state().tray.length === 0,
    async status() {
      const reasons = active().flatMap(({ stateReasons }) => stateReasons);
      return {
        faults: (['media-empty', 'media-jam'] as const).filter((fault) => reasons.includes(fault)),
        warnings: [],
      };
    },
    takePaper(to) {
      mkdirSync(to, { recursive: true });
      const { tray, jobs } = state();
      const taken = tray.flatMap(({ job: id, sheet }) => {
        const job = jobs.get(id);
        if (!job) return [];
        const file = fileOf(job, sheet);
        const target = join(to, file.slice(trayDir.length + 1));
        if (existsSync(file)) renameSync(file, target);
        return [target];
      });
      log.append({ did: 'tray-emptied' });
      return taken;
    },
    clear: () => log.append({ did: 'cleared' }),
  };
}
