/**
 * 証明書印刷: a printer with the job model of IPP (RFC 8011). It moves one step whenever somebody looks at a job, so that a test
 * decides how fast it prints. It outlives the agent: an unfinished job either goes on by itself when the folder is opened again,
 * or was aborted by the same power cut. Sheets come out as PDF files in its output tray.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DeviceFault } from './device-fault.ts';
import { openDeviceLog } from './device-log.ts';
import { printedPages } from './printed-pages.ts';
import { hindrancesOf, type PrinterParts, type PrinterWarning, type StopReason, warningsOf } from './printer-parts.ts';
import {
  beginPrinter,
  impressionsOf,
  isIncoming,
  isTerminal,
  type PrinterEntry,
  type PrinterJob,
  type PrinterState,
  sheetsOf,
  sheetsPerCopy,
  stopReasonsOf,
} from './printer-state.ts';

export interface PrintRequest {
  /** Opaque to the printer; an agent finds its job again by it. */
  readonly name: string;
  readonly document: Uint8Array;
  /** First and last page to print, from 1. */
  readonly pages: readonly [first: number, last: number];
  readonly duplex: boolean;
  readonly copies?: number;
  readonly user?: string;
}

export interface Printer {
  submit(request: PrintRequest): Promise<number>;
  job(id: number): Promise<PrinterJob>;
  findJob(name: string): Promise<PrinterJob | undefined>;
  activeJobs(): Promise<readonly PrinterJob[]>;
  cancel(id: number): Promise<void>;
  trayEmpty(): Promise<boolean>;
  status(): Promise<{
    readonly faults: readonly StopReason[];
    readonly warnings: readonly PrinterWarning[];
    readonly sheetsLeft?: number;
  }>;
}

/** What people do at the machine. */
export interface PrinterFront {
  /** The resident takes everything; the files move to `to`. */
  takePaper(to: string): readonly string[];
  /** Files of the sheets in the tray, oldest first. */
  paperInTray(): readonly string[];
  /** Staff take the stuck sheet out, or press go on; the printer prints the sheet anew. */
  clear(): void;
  /** Staff fill the cassette, open the cover, change the toner; or somebody prepares a jam. */
  set(parts: Partial<PrinterParts>): void;
  /** Whatever it had in its memory is gone. */
  losePower(): void;
}

/** What a network front needs of the machine behind it. */
export interface PrinterInside {
  state(): PrinterState;
  /** One movement. */
  step(): void;
  /** A job whose document is still to come. */
  announce(name: string, user: string): number;
  deliver(id: number, request: PrintRequest): void;
}

/** `no-sheet`: the job completes with errors, and nothing came out. */
export type PrinterFault = 'jam' | 'paper-out' | 'power-cut' | 'power-cut-after-sheet' | 'abort' | 'no-sheet';

export interface PrinterOptions {
  /** What happens at the n-th sheet of this opening. */
  readonly faults?: Readonly<Record<number, PrinterFault>>;
  /** What became of a job that was under way when the folder was last closed. */
  readonly unfinished?: 'goes-on' | 'aborted';
}

export function openPrinter(dir: string, options: PrinterOptions = {}): Printer & PrinterFront & PrinterInside {
  const { take, state } = beginPrinter();
  const log = openDeviceLog<PrinterEntry>(join(dir, 'printer.jsonl'), take);
  const trayDir = join(dir, 'tray');
  const memoryDir = join(dir, 'printer-memory');
  for (const folder of [trayDir, memoryDir]) mkdirSync(folder, { recursive: true });
  const memoryOf = (id: number) => join(memoryDir, `${id}.pdf`);
  const active = () => [...state().jobs.values()].filter((job) => !isTerminal(job));
  const fileOf = (job: PrinterJob, sheet: number) =>
    join(trayDir, `${fileName(job, state())}${sheetsOf(job) === 1 ? '' : `-${sheet}`}.pdf`);
  const nextId = () => state().jobs.size + 1;
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
  const deliver = (id: number, { name, document, pages, duplex, copies = 1, user = '' }: PrintRequest) => {
    writeFileSync(memoryOf(id), document);
    log.append({ did: 'accepted', job: id, name, pages, duplex, copies, user });
  };
  const putOut = (job: PrinterJob) => {
    const sheet = job.sheetsCompleted + 1;
    const perSheet = job.duplex ? 2 : 1;
    const first = job.pages[0] + (job.sheetsCompleted % sheetsPerCopy(job)) * perSheet;
    const pages = [first, Math.min(first + perSheet - 1, job.pages[1])] as const;
    const document = new Uint8Array(readFileSync(memoryOf(job.id)));
    // The file first: a sheet that the log speaks of is there to be taken.
    writeFileSync(fileOf(job, sheet), printedPages(document, pages));
    log.append({ did: 'sheet-out', job: job.id });
  };
  const stop = (job: PrinterJob, reason: StopReason) => {
    fault = undefined;
    if (job.sheetInPath) log.append({ did: 'sheet-ruined', job: job.id });
    log.append({ did: 'stopped', job: job.id, reason });
  };
  const feed = (job: PrinterJob) => {
    const [hindrance] = hindrancesOf(state().parts);
    if (hindrance) {
      stop(job, hindrance);
      return;
    }
    sheetsBegun += 1;
    fault = options.faults?.[sheetsBegun];
    if (fault === 'paper-out') stop(job, 'media-empty');
    else if (fault === 'abort') end(job.id, 'aborted');
    else log.append({ did: 'fed', job: job.id });
  };

  /** One movement: feed, print a side, put out, finish. */
  const step = () => {
    const { parts, jammed } = state();
    const job = active().find((one) => !isIncoming(one));
    if (!job || job.state === 'processing-stopped') return;
    if (job.sheetsCompleted === sheetsOf(job)) end(job.id, 'completed');
    else if (jammed) stop(job, 'media-jam');
    else if (parts.coverOpen) stop(job, 'cover-open');
    else if (!job.sheetInPath) feed(job);
    else if (job.impressionsCompleted < impressionsOf(job, job.sheetsCompleted + 1))
      log.append({ did: 'impression', job: job.id });
    else if (fault === 'jam' || parts.jamAtSheet === 0) stop(job, 'media-jam');
    else if (fault === 'power-cut') losePower();
    else if (fault === 'no-sheet') end(job.id, 'completed');
    else {
      putOut(job);
      if (fault === 'power-cut-after-sheet') losePower();
    }
  };
  const paper = () =>
    state().tray.flatMap(({ job: id, sheet }) => {
      const job = state().jobs.get(id);
      return job ? [fileOf(job, sheet)] : [];
    });

  if (options.unfinished === 'aborted' && active().length > 0) losePower();
  // Whoever was about to send a document is gone.
  for (const job of active().filter(isIncoming)) end(job.id, 'aborted');

  return {
    async submit(request) {
      const id = nextId();
      deliver(id, request);
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
      const { parts } = state();
      const left = parts.sheetsLeft === null ? {} : { sheetsLeft: parts.sheetsLeft };
      return { faults: stopReasonsOf(state()), warnings: warningsOf(parts), ...left };
    },
    takePaper(to) {
      mkdirSync(to, { recursive: true });
      const taken = paper().map((file) => {
        const target = join(to, basename(file));
        if (existsSync(file)) renameSync(file, target);
        return target;
      });
      log.append({ did: 'tray-emptied' });
      return taken;
    },
    paperInTray: paper,
    clear: () => log.append({ did: 'cleared' }),
    set(parts) {
      log.append({ did: 'set', parts });
      const stopped = active().find(({ state }) => state === 'processing-stopped');
      const [reason] = stopped?.stateReasons ?? [];
      const holds = reason === 'media-jam' || (hindrancesOf(state().parts) as string[]).includes(reason ?? '');
      if (stopped && !holds) log.append({ did: 'resumed' });
    },
    losePower,
    state,
    step,
    announce(name, user) {
      const id = nextId();
      log.append({ did: 'announced', job: id, name, user });
      return id;
    },
    deliver,
  };
}

/** A name may be anything that a network sends, and not the first of its kind. */
function fileName({ id, name }: PrinterJob, { jobs }: PrinterState): string {
  const safe = name.replaceAll(/[^\w.-]/g, '_').slice(0, 100);
  const again = [...jobs.values()].some((other) => other.id < id && other.name === name);
  return again ? `${safe}~${id}` : safe;
}
