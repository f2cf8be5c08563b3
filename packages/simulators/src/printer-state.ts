/** Where jobs and sheets are, folded from what the printer did. Words after IPP (RFC 8011). */
export type JobState = 'pending' | 'processing' | 'processing-stopped' | 'canceled' | 'aborted' | 'completed';
export type StopReason = 'media-jam' | 'media-empty';

export type PrinterEntry =
  | {
      readonly did: 'accepted';
      readonly job: number;
      readonly name: string;
      readonly pages: readonly [number, number];
      readonly duplex: boolean;
    }
  | {
      readonly did: 'fed' | 'impression' | 'sheet-out' | 'sheet-ruined' | 'completed' | 'canceled' | 'aborted';
      readonly job: number;
    }
  | { readonly did: 'stopped'; readonly job: number; readonly reason: StopReason }
  | { readonly did: 'cleared' | 'power-lost' }
  | { readonly did: 'tray-emptied' };

export interface PrinterJob {
  readonly id: number;
  readonly name: string;
  readonly pages: readonly [first: number, last: number];
  readonly duplex: boolean;
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
}

const TERMINAL: ReadonlySet<JobState> = new Set(['canceled', 'aborted', 'completed']);

export function isTerminal(job: Pick<PrinterJob, 'state'>): boolean {
  return TERMINAL.has(job.state);
}

export function sheetsOf(job: Pick<PrinterJob, 'pages' | 'duplex'>): number {
  const [first, last] = job.pages;
  return Math.ceil((last - first + 1) / (job.duplex ? 2 : 1));
}

export function foldPrinter(entries: readonly PrinterEntry[]): PrinterState {
  const jobs = new Map<number, PrinterJob>();
  let tray: { job: number; sheet: number }[] = [];
  const change = (id: number, part: (job: PrinterJob) => Partial<PrinterJob>) => {
    const job = jobs.get(id);
    if (job) jobs.set(id, { ...job, ...part(job) });
  };
  const end = (id: number, state: JobState, reason: string) =>
    change(id, () => ({ state, stateReasons: [reason], sheetInPath: false }));
  for (const entry of entries) {
    switch (entry.did) {
      case 'accepted': {
        const { job: id, name, pages, duplex } = entry;
        const fresh = { state: 'pending', stateReasons: [], impressionsCompleted: 0, sheetsCompleted: 0 } as const;
        jobs.set(id, { id, name, pages, duplex, ...fresh, sheetInPath: false });
        break;
      }
      case 'fed':
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
          impressionsCompleted: job.sheetsCompleted * (job.duplex ? 2 : 1),
          sheetInPath: false,
        }));
        break;
      case 'stopped':
        change(entry.job, () => ({ state: 'processing-stopped', stateReasons: [entry.reason] }));
        break;
      case 'cleared':
        for (const [id, job] of jobs)
          if (job.state === 'processing-stopped') change(id, () => ({ state: 'processing', stateReasons: [] }));
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
  }
  return { jobs, tray };
}
