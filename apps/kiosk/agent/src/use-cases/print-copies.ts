/** 証明書印刷 ⑫: one job a sheet, journaled before and after. The first sheet that is not surely out ends the printing. */
import {
  type MachineFault,
  machineFaults,
  pagesOfSheet,
  type SheetProgress,
  type SheetState,
} from '@machikado/protocol';
import { orFault } from '../device-trouble.ts';
import { KioskFault } from '../kiosk-fault.ts';
import { note } from '../note.ts';
import type { Ports, PrintJob } from '../ports.ts';
import type { Resident } from '../resident.ts';
import { checkCopy } from './check-sheets.ts';
import type { OpenedCopy } from './open-copies.ts';
import type { Order } from './place-order.ts';
import { jobNameOf, sheetEndOf, watchJob } from './watch-job.ts';

export async function printCopies(
  order: Order,
  opened: readonly OpenedCopy[],
  resident: Resident,
  ports: Ports,
): Promise<void> {
  const progress = createProgress(order, resident);
  for (const { copy, pdf } of opened) {
    await checkCopy(order, { copy, pdf }, ports);
    for (const sheet of progress.sheetsOf(copy)) await printSheet(order.orderId, sheet, pdf, progress, ports);
  }
}

interface Progress {
  sheetsOf(copy: number): readonly SheetProgress[];
  tell(sheet: SheetProgress, state: SheetState, waitsFor?: MachineFault): void;
}

/** What the resident sees; told again only when it is something else. */
function createProgress({ copies }: Order, resident: Resident): Progress {
  let sheets: readonly SheetProgress[] = copies.flatMap(({ copy, sheets: count }) =>
    Array.from({ length: count }, (_, i) => ({ copy, sheet: i + 1, state: 'waiting' as const })),
  );
  let told = '';
  const show = (waitsFor?: MachineFault) => {
    const now = JSON.stringify([sheets, waitsFor]);
    if (now !== told) resident.watchPrint(sheets, waitsFor);
    told = now;
  };
  show();
  return {
    sheetsOf: (copy) => sheets.filter((one) => one.copy === copy),
    tell({ copy, sheet }, state, waitsFor) {
      sheets = sheets.map((one) => (one.copy === copy && one.sheet === sheet ? { copy, sheet, state } : one));
      show(waitsFor);
    },
  };
}

async function printSheet(
  orderId: string,
  progress: SheetProgress,
  document: Uint8Array,
  { tell }: Progress,
  ports: Ports,
): Promise<void> {
  const { copy, sheet } = progress;
  await note(orderId, { event: 'sheet-intended', copy, sheet }, ports);
  const ended = await orFault('PRINTER_FAULT', async () => {
    const name = jobNameOf(orderId, copy, sheet);
    const id = await ports.printer.submit({ name, document, pages: pagesOfSheet(sheet), duplex: true });
    return watchJob(id, ports, 'submission', async (job) =>
      tell(progress, 'printing', await whatItWaitsFor(job, ports)),
    );
  });
  const end = sheetEndOf(ended);
  await note(orderId, { event: 'sheet-ended', copy, sheet, end }, ports);
  tell(progress, end === 'out' ? 'out' : 'failed');
  if (end !== 'out') throw new KioskFault('PRINTER_FAULT');
}

/** A job that stands tells why, or its printer does. */
async function whatItWaitsFor(job: PrintJob, { printer }: Ports): Promise<MachineFault | undefined> {
  if (job.state !== 'processing-stopped') return undefined;
  const ofJob = machineFaults.find((fault) => job.stateReasons.includes(fault));
  return ofJob ?? (await printer.status().catch(() => undefined))?.faults[0];
}
