/** Sheets that were about to be printed when the record broke off: the printer knows what became of them. */
import { note } from '../note.ts';
import { factsOf } from '../order-facts.ts';
import type { Ports } from '../ports.ts';
import { jobNameOf, sheetEndOf, watchJob } from './watch-job.ts';

export async function endSheets(orderId: string, ports: Ports): Promise<void> {
  for (const { copy, sheet, end } of factsOf(ports.journal.entriesOf(orderId)).sheets) {
    if (end !== undefined) continue;
    const found = await ports.printer.findJob(jobNameOf(orderId, copy, sheet));
    const ended = found && (await watchJob(found.id, ports));
    await note(orderId, { event: 'sheet-ended', copy, sheet, end: sheetEndOf(ended) }, ports);
  }
}
