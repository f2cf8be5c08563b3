/**
 * A job as the printer tells it, in the agent’s words. In doubt always less than what may be true: a sheet counts only when the
 * printer counted it, or when it says that the job went well and that every page of it was printed.
 */
import type { JobAttributes, JobEvent } from '@machikado/printing';
import type { MachineFault } from '@machikado/protocol';
import type { PrintJob } from '../ports.ts';

export const jobQuestions = [
  'job-id',
  'job-name',
  'job-state',
  'job-state-reasons',
  'job-impressions-completed',
  'job-media-sheets-completed',
  'page-ranges',
] as const;
type Told = Pick<JobAttributes, (typeof jobQuestions)[number]>;

const TERMINAL: ReadonlySet<string> = new Set<PrintJob['state']>(['canceled', 'aborted', 'completed']);

/** Nobody counted: not the same as none. */
const UNCOUNTED = -1;

export function toPrintJob(told: Told, pages?: number, printerFaults: readonly MachineFault[] = []): PrintJob {
  const { 'job-id': id = 0, 'job-name': name = '' } = told;
  const counts = {
    impressionsCompleted: told['job-impressions-completed'] ?? UNCOUNTED,
    sheetsCompleted: sheetsOf(told, pages ?? pagesAskedFor(told)),
  };
  return { id, name, ...counts, ...standing(told, printerFaults) };
}

/** Before its end a job may count what was sent to the machine, not what left it (a CUPS queue does). */
function sheetsOf(told: Told, pages: number | undefined): number {
  const { 'job-state': state, 'job-state-reasons': reasons = [], 'job-media-sheets-completed': counted } = told;
  if (state === undefined || !TERMINAL.has(state)) return 0;
  if (counted !== undefined) return counted;
  const wentWell = state === 'completed' && reasons.includes('job-completed-successfully');
  const everyPage = pages !== undefined && (told['job-impressions-completed'] ?? UNCOUNTED) >= pages;
  return wentWell && everyPage ? 1 : 0;
}

function pagesAskedFor({ 'page-ranges': ranges }: Told): number | undefined {
  const [range, ...more] = ranges ?? [];
  return range && more.length === 0 ? range[1] - range[0] + 1 : undefined;
}

/**
 * Many printers say on the job that it is processing and only on themselves why nothing moves. Such a job stands; but that it
 * waits for its first sheet is believed only of a printer that says so on the job itself and counts what it prints.
 */
function standing(told: Told, printerFaults: readonly MachineFault[]): Pick<PrintJob, 'state' | 'stateReasons'> {
  const { 'job-state': given = 'pending', 'job-state-reasons': own = [] } = told;
  const state = given === 'pending-held' ? 'pending' : given;
  const faults = printerFaults.filter((fault) => fault !== 'printer-away');
  if ((state !== 'processing' && state !== 'processing-stopped') || faults.length === 0)
    return { state, stateReasons: own };
  const sure = state === 'processing-stopped' && told['job-impressions-completed'] !== undefined;
  const reasons = faults.filter((fault) => fault !== 'media-empty' || sure);
  return { state: 'processing-stopped', stateReasons: [...new Set([...own, ...reasons])] };
}

/** What this agent saw of its jobs: a printer without job history forgets them as soon as they end. */
export interface JobMemory {
  submitted(id: number, job: { readonly name: string; readonly pages: number }): void;
  pagesOf(id: number): number | undefined;
  seen(job: PrintJob): PrintJob;
  /** Nobody knows how it ended, unless it was seen, or the printer kept a note. */
  vanished(id: number, note: JobEvent | undefined): PrintJob;
}

/** A use prints a few dozen sheets; older jobs are nobody’s any more. */
const JOBS_MAX = 200;

export function createJobMemory(): JobMemory {
  const pages = new Map<number, number>();
  const last = new Map<number, PrintJob>();
  const forgetOldest = (map: Map<number, unknown>) => {
    const [oldest] = map.keys();
    if (map.size > JOBS_MAX && oldest !== undefined) map.delete(oldest);
  };
  const keep = (job: PrintJob) => {
    last.set(job.id, job);
    forgetOldest(last);
    return job;
  };
  return {
    submitted(id, { name, pages: count }) {
      pages.set(id, count);
      forgetOldest(pages);
      keep({ id, name, state: 'pending', stateReasons: [], impressionsCompleted: UNCOUNTED, sheetsCompleted: 0 });
    },
    pagesOf: (id) => pages.get(id),
    seen: keep,
    vanished(id, note) {
      const before = last.get(id);
      if (before && TERMINAL.has(before.state)) return before;
      if (note?.['job-state'] !== undefined && TERMINAL.has(note['job-state'])) {
        // A queue may tell sheets here where it told impressions before.
        const impressions = Math.max(
          before?.impressionsCompleted ?? UNCOUNTED,
          note['job-impressions-completed'] ?? UNCOUNTED,
        );
        return keep(toPrintJob({ ...note, 'job-id': id, 'job-impressions-completed': impressions }, pages.get(id)));
      }
      const unknown = { id, name: '', impressionsCompleted: UNCOUNTED, sheetsCompleted: 0 };
      return { ...unknown, ...before, state: 'aborted', stateReasons: ['job-vanished'] };
    },
  };
}
