/** 証明書印刷 ⑫: one job a sheet, journaled before and after. The first sheet that is not surely out ends the printing. */
import { orFault } from '../device-trouble.ts';
import { KioskFault } from '../kiosk-fault.ts';
import { note } from '../note.ts';
import type { Ports } from '../ports.ts';
import { checkCopy } from './check-sheets.ts';
import type { OpenedCopy } from './open-copies.ts';
import type { Order } from './place-order.ts';
import { jobNameOf, sheetEndOf, watchJob } from './watch-job.ts';

export async function printCopies(order: Order, opened: readonly OpenedCopy[], ports: Ports): Promise<void> {
  for (const { copy, pdf } of opened) {
    await checkCopy(order, { copy, pdf }, ports);
    const sheets = order.copies.find((one) => one.copy === copy)?.sheetDigests.length ?? 0;
    for (let sheet = 1; sheet <= sheets; sheet += 1) await printSheet(order.orderId, copy, sheet, pdf, ports);
  }
}

async function printSheet(orderId: string, copy: number, sheet: number, document: Uint8Array, ports: Ports) {
  await note(orderId, { event: 'sheet-intended', copy, sheet }, ports);
  const ended = await orFault('PRINTER_FAULT', async () => {
    const name = jobNameOf(orderId, copy, sheet);
    const id = await ports.printer.submit({ name, document, pages: [sheet, sheet], duplex: true });
    return watchJob(id, ports, 'submission');
  });
  const end = sheetEndOf(ended);
  await note(orderId, { event: 'sheet-ended', copy, sheet, end }, ports);
  if (end !== 'out') throw new KioskFault('PRINTER_FAULT');
}
