/** Where jobs and sheets are, folded from what the printer did. Words after IPP (RFC 8011). */
import { afterFeeding, hindrancesOf, type PrinterParts, type StopReason, wholeParts } from './printer-parts.ts';

export type JobState = 'pending' | 'processing' | 'processing-stopped' | 'canceled' | 'aborted' | 'completed';

export type PrinterEntry =
  | { readonly did: 'announced'; readonly job: number; readonly name: string; readonly user: string }
  | {
      readonly did: 'accepted';
      readonly job: number;
      readonly name: string;
      readonly pages: readonly [number, number];
      readonly duplex: boolean;
      readonly copies?: number;
      readonly user?: string;
    }
  | {
      readonly did: 'fed' | 'impression' | 'sheet-out' | 'sheet-ruined' | 'completed' | 'canceled' | 'aborted';
      readonly job: number;
    }
  | { readonly did: 'stopped'; readonly job: number; readonly reason: StopReason }
  | { readonly did: 'set'; readonly parts: Partial<PrinterParts> }
  | { readonly did: 'cleared' | 'resumed' | 'power-lost' }
  | { readonly did: 'tray-emptied' };

export interface PrinterJob {
  readonly id: number;
  readonly name: string;
  readonly user: string;
  readonly pages: readonly [first: number, last: number];
  readonly duplex: boolean;
  readonly copies: number;
  readonly state: JobState;
  readonly stateReasons: readonly string[];
  readonly impressionsCompleted: number;
  readonly sheetsCompleted: number;
  /** A sheet is between the cassette and the tray. */
  readonly sheetInPath: boolean;
}

export interface PrinterState {
  readonly jobs: ReadonlyMap<number, PrinterJob>;
  /** Sheets (job, n) in the tray, oldest first. */
  readonly tray: readonly { readonly job: number; readonly sheet: number }[];
  readonly parts: PrinterParts;
  /** A sheet is stuck, whatever became of its job. */
  readonly jammed: boolean;
}

const TERMINAL: ReadonlySet<JobState> = new Set(['canceled', 'aborted', 'completed']);

export function isTerminal(job: Pick<PrinterJob, 'state'>): boolean {
  return TERMINAL.has(job.state);
}

/** Its document is still to come. */
export function isIncoming(job: PrinterJob): boolean {
  return job.state === 'pending' && job.stateReasons.includes('job-incoming');
}

type Extent = Pick<PrinterJob, 'pages' | 'duplex' | 'copies'>;

export function sheetsPerCopy({ pages: [first, last], duplex }: Extent): number {
  return Math.ceil((last - first + 1) / (duplex ? 2 : 1));
}

export function sheetsOf(job: Extent): number {
  return sheetsPerCopy(job) * job.copies;
}

/** Pages printed once so many sheets are whole. */
export function impressionsOf(job: Extent, sheets: number): number {
  const perCopy = sheetsPerCopy(job);
  const pages = job.pages[1] - job.pages[0] + 1;
  return Math.floor(sheets / perCopy) * pages + Math.min((sheets % perCopy) * (job.duplex ? 2 : 1), pages);
}

/** Why nothing moves, or would not. */
export function stopReasonsOf({ jobs, parts, jammed }: PrinterState): StopReason[] {
  const stopped = [...jobs.values()].filter(({ state }) => state === 'processing-stopped');
  const reasons = stopped.flatMap(({ stateReasons }) => stateReasons as StopReason[]);
  return [...new Set([...(jammed ? ['media-jam' as const] : []), ...reasons, ...hindrancesOf(parts)])];
}

export interface PrinterFold {
  take(entry: PrinterEntry): void;
  /** As of now. Its jobs go on with the printer. */
  state(): PrinterState;
}

export function foldPrinter(entries: readonly PrinterEntry[]): PrinterState {
  const fold = beginPrinter();
  for (const entry of entries) fold.take(entry);
  return fold.state();
}

/** A printer to which nothing has happened. */
export function beginPrinter(): PrinterFold {
  const jobs = new Map<number, PrinterJob>();
  let tray: { job: number; sheet: number }[] = [];
  let parts = wholeParts;
  let jammed = false;
  const change = (id: number, part: (job: PrinterJob) => Partial<PrinterJob>) => {
    const job = jobs.get(id);
    if (job) jobs.set(id, { ...job, ...part(job) });
  };
  const end = (id: number, state: JobState, reason: string) =>
    change(id, () => ({ state, stateReasons: [reason], sheetInPath: false }));
  const goOn = () => {
    for (const [id, job] of jobs)
      if (job.state === 'processing-stopped') change(id, () => ({ state: 'processing', stateReasons: [] }));
  };
  const take = (entry: PrinterEntry) => {
    switch (entry.did) {
      case 'announced': {
        const { job: id, name, user } = entry;
        jobs.set(id, {
          ...fresh,
          id,
          name,
          user,
          pages: [1, 0],
          duplex: true,
          copies: 1,
          stateReasons: ['job-incoming'],
        });
        break;
      }
      case 'accepted': {
        const { job: id, name, pages, duplex, copies = 1, user = '' } = entry;
        jobs.set(id, { ...fresh, id, name, user, pages, duplex, copies });
        break;
      }
      case 'fed':
        parts = afterFeeding(parts);
        change(entry.job, () => ({ state: 'processing', stateReasons: ['job-printing'], sheetInPath: true }));
        break;
      case 'impression':
        change(entry.job, (job) => ({ impressionsCompleted: job.impressionsCompleted + 1 }));
        break;
      case 'sheet-out':
        change(entry.job, (job) => {
          tray.push({ job: job.id, sheet: job.sheetsCompleted + 1 });
          return { sheetsCompleted: job.sheetsCompleted + 1, sheetInPath: false };
        });
        break;
      case 'sheet-ruined':
        // Its impressions do not count: what comes out later is printed anew.
        change(entry.job, (job) => ({
          impressionsCompleted: impressionsOf(job, job.sheetsCompleted),
          sheetInPath: false,
        }));
        break;
      case 'stopped':
        if (entry.reason === 'media-jam' && parts.jamAtSheet === 0) {
          jammed = true;
          parts = { ...parts, jamAtSheet: null };
        }
        change(entry.job, () => ({ state: 'processing-stopped', stateReasons: [entry.reason] }));
        break;
      case 'set':
        parts = { ...parts, ...entry.parts };
        break;
      case 'cleared':
        jammed = false;
        goOn();
        break;
      case 'resumed':
        goOn();
        break;
      case 'completed':
        change(entry.job, (job) => ({
          state: 'completed',
          stateReasons: [
            job.sheetsCompleted === sheetsOf(job) ? 'job-completed-successfully' : 'job-completed-with-errors',
          ],
          sheetInPath: false,
        }));
        break;
      case 'canceled':
        end(entry.job, 'canceled', 'job-canceled-at-device');
        break;
      case 'aborted':
        end(entry.job, 'aborted', 'aborted-by-system');
        break;
      case 'power-lost':
        for (const [id, job] of jobs) if (!isTerminal(job)) end(id, 'aborted', 'printer-lost-power');
        break;
      case 'tray-emptied':
        tray = [];
        break;
    }
  };
  return { take, state: () => ({ jobs, tray: [...tray], parts, jammed }) };
}

const fresh = {
  state: 'pending',
  stateReasons: [],
  impressionsCompleted: 0,
  sheetsCompleted: 0,
  sheetInPath: false,
} as const;
