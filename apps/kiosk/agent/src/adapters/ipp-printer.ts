/**
 * 証明書印刷 over IPP (RFC 8011): one job a sheet, refused by the printer rather than printed otherwise than asked. A printer that
 * cannot do what a certificate needs is told apart at the first call.
 */
import {
  type IppClient,
  type IppReply,
  type JobOrder,
  type JobTemplate,
  openIppClient,
  type PrinterAttributes,
  type Status,
} from '@machikado/printing';
import type { Printer, PrintJob, PrintRequest } from '../ports.ts';
import { createJobEnds, type JobEnds } from './ipp-printer-ends.ts';
import { createJobMemory, jobQuestions, toPrintJob } from './ipp-printer-job.ts';
import { faultsOf, MEDIA, statusAttributes, statusOf, trayEmptyOf } from './ipp-printer-status.ts';

export interface IppPrinterSettings {
  /** `ipp:` on this machine, otherwise `ipps:`. */
  readonly url: string;
  /** asked: the printer has no eye in its tray. */
  readonly tray?: 'reported' | 'asked';
  /** PEM of who signed the printer’s cert. */
  readonly ca?: string;
}

/** The printer said no. */
export class PrinterRefused extends Error {
  override readonly name = 'PrinterRefused';
  readonly status: Status;

  constructor(status: Status) {
    super(status);
    this.status = status;
  }
}

/** No certificate can be printed here. */
export class UnfitPrinter extends Error {
  override readonly name = 'UnfitPrinter';
  readonly lacks: readonly string[];

  constructor(lacks: readonly string[]) {
    super(`the printer lacks ${lacks.join(', ')}`);
    this.lacks = lacks;
  }
}

const CALL_MS = 10_000;
const FORMAT = 'application/pdf';
const DUPLEX = 'two-sided-long-edge';

const needed: Readonly<Record<string, (can: PrinterAttributes) => boolean | undefined>> = {
  [FORMAT]: (can) => can['document-format-supported']?.includes(FORMAT),
  'page-ranges': (can) => can['page-ranges-supported'],
  [DUPLEX]: (can) => can['sides-supported']?.includes(DUPLEX),
  [MEDIA]: (can) => can['media-supported']?.includes(MEDIA),
};

export function ippPrinter({ url, tray = 'reported', ca }: IppPrinterSettings): Printer & { close(): void } {
  const client = openIppClient(url, { timeoutMs: CALL_MS, user: 'kiosk', ...(ca !== undefined && { ca }) });
  const memory = createJobMemory();
  let known: Fitting | undefined;
  const fit = async (): Promise<Fitting> => {
    known ??= await fittingPrinter(client);
    return known;
  };
  const reasons = async () =>
    said(await client.printerAttributes(['printer-state-reasons']))['printer-state-reasons'] ?? [];
  const listed = async (which: 'completed' | 'not-completed') => said(await client.jobs(which, jobQuestions));

  return {
    async submit({ name, document, pages, duplex }: PrintRequest) {
      const { template, ends } = await fit();
      await ends.keep();
      const sides = duplex ? DUPLEX : 'one-sided';
      const order: JobOrder = {
        ...{ name, format: FORMAT, fidelity: true },
        template: { ...template, copies: 1, 'page-ranges': [pages], sides },
      };
      const reply = await client.printJob(order, document);
      const id = said(reply)['job-id'];
      if (id === undefined) throw new PrinterRefused('server-error-internal-error');
      memory.submitted(id, { name, pages: pages[1] - pages[0] + 1 });
      if (reply.ok && reply.ignored.length > 0) {
        // It took the job, but as another one.
        await client.cancelJob(id);
        throw new PrinterRefused('client-error-attributes-or-values-not-supported');
      }
      return id;
    },
    async job(id) {
      const reply = await client.jobAttributes(id, jobQuestions);
      if (!reply.ok && isGone(reply.status)) return memory.vanished(id, await known?.ends.of(id));
      const told = { ...said(reply), 'job-id': id };
      const moves = told['job-state'] === 'processing' || told['job-state'] === 'processing-stopped';
      return memory.seen(toPrintJob(told, memory.pagesOf(id), moves ? faultsOf(await reasons()) : []));
    },
    async findJob(name) {
      for (const which of ['not-completed', 'completed'] as const) {
        const found = (await listed(which)).find((job) => job['job-name'] === name);
        if (found) return toPrintJob(found, memory.pagesOf(found['job-id'] ?? 0));
      }
      return undefined;
    },
    activeJobs: async () => (await listed('not-completed')).map((job): PrintJob => toPrintJob(job)),
    async cancel(id) {
      const reply = await client.cancelJob(id);
      // It ended by itself meanwhile: what became of it, the next look tells.
      if (!reply.ok && reply.status !== 'client-error-not-possible' && !isGone(reply.status)) said(reply);
    },
    async trayEmpty() {
      if (tray === 'asked') return 'unknown';
      return trayEmptyOf(said(await client.printerAttributes(['printer-output-tray']))['printer-output-tray']);
    },
    async status() {
      await fit();
      return statusOf(said(await client.printerAttributes(statusAttributes)));
    },
    close: () => client.close(),
  };
}

interface Fitting {
  readonly template: JobTemplate;
  readonly ends: JobEnds;
}

async function fittingPrinter(client: IppClient): Promise<Fitting> {
  const can = said(
    await client.printerAttributes([
      'document-format-supported',
      'page-ranges-supported',
      'sides-supported',
      'media-supported',
      'print-scaling-supported',
      'print-color-mode-supported',
      'operations-supported',
    ]),
  );
  const lacks = Object.keys(needed).filter((what) => needed[what]?.(can) !== true);
  if (lacks.length > 0) throw new UnfitPrinter(lacks);
  const template: JobTemplate = {
    media: MEDIA,
    ...(can['print-scaling-supported']?.includes('none') && { 'print-scaling': 'none' }),
    ...(can['print-color-mode-supported']?.includes('color') && { 'print-color-mode': 'color' }),
  };
  return { template, ends: createJobEnds(client, can['operations-supported'] ?? []) };
}

function said<T>(reply: IppReply<T>): T {
  if (!reply.ok) throw new PrinterRefused(reply.status);
  return reply.value;
}

const isGone = (status: Status) => status === 'client-error-not-found' || status === 'client-error-gone';
