/**
 * 検査: the center's own look at a finished document. Its pages are rendered and read again and compared with the binding record:
 * the raster of each page, what stands in the margin, and the names that stand in the boxes. A document that cannot be read is
 * as bad as a wrong one; running out of time is neither, it only ends the order.
 */
import { checkAgainstBinding, type PdfReading } from '@machikado/inspection';
import type { BindingRecord } from '@machikado/protocol';
import type { Center, Deadline } from '../ports.ts';
import type { Municipality } from '../settings.ts';

export async function inspectionFaults(
  center: Center,
  copy: { readonly pdf: Uint8Array; readonly binding: BindingRecord },
  { bindingKey }: Municipality,
  deadline: Deadline,
): Promise<string[]> {
  const reading = await read(center, copy.pdf, deadline);
  if (!reading) return ['unreadable'];
  return checkAgainstBinding(reading, copy.binding, { bindingKey }).map(({ code }) => `inspection:${code}`);
}

async function read(center: Center, pdf: Uint8Array, deadline: Deadline): Promise<PdfReading | undefined> {
  deadline.refuseIfPassed();
  try {
    return await center.reader.read(pdf, { signal: deadline.signal });
  } catch {
    deadline.refuseIfPassed();
    return undefined;
  }
}
