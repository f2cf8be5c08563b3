/** A job as IPP tells it (RFC 8011 §5.3). */
import { type IppAttribute, type JobAttributes, tables, writeTyped } from '@machikado/printing';
import { MEDIA } from './ipp-job-request.ts';
import type { IppMachine } from './ipp-machine.ts';
import { impressionsOf, type PrinterJob, sheetsOf } from './printer-state.ts';

export function describeJob(job: PrinterJob, { url, times }: IppMachine): IppAttribute[] {
  const { creation, processing, completed } = times.of(job.id);
  const known: JobAttributes = {
    'job-id': job.id,
    'job-uri': `${url}/${job.id}`,
    'job-printer-uri': url,
    'job-name': job.name,
    'job-originating-user-name': job.user || 'anonymous',
    'job-state': job.state,
    'job-state-reasons': reasonsOf(job),
    copies: job.copies,
    ...(job.pages[1] >= job.pages[0] && { 'page-ranges': [job.pages] }),
    sides: job.duplex ? 'two-sided-long-edge' : 'one-sided',
    media: MEDIA,
    'print-scaling': 'none',
    'print-color-mode': 'color',
    'job-impressions': job.pages[1] < job.pages[0] ? 0 : impressionsOf(job, sheetsOf(job)),
    'job-impressions-completed': job.impressionsCompleted,
    'job-media-sheets': sheetsOf(job),
    'job-media-sheets-completed': job.sheetsCompleted,
    'number-of-documents': job.pages[1] < job.pages[0] ? 0 : 1,
    'job-printer-up-time': times.upSeconds(),
    'time-at-creation': creation,
    ...(processing !== undefined && { 'time-at-processing': processing }),
    ...(completed !== undefined && { 'time-at-completed': completed }),
  };
  const notYet = (['time-at-processing', 'time-at-completed'] as const).filter((name) => known[name] === undefined);
  return [
    ...writeTyped(tables.job, known),
    ...notYet.map((name) => ({ name, values: [{ tag: 'no-value' as const }] })),
  ];
}

/** A job that stands says so; why, the printer says. */
function reasonsOf({ state, stateReasons }: PrinterJob): readonly string[] {
  if (state === 'processing-stopped') return ['printer-stopped', ...stateReasons];
  return stateReasons.length > 0 ? stateReasons : ['none'];
}
