/**
 * 検査: the center's own look at a finished document. Its pages are rendered and read again and compared with the binding record:
 * the raster of each page, what stands in the margin, and the names that stand in the boxes. A document that cannot be read is
 * as bad as a wrong one. Running out of time, or a reader that breaks, says nothing about the document and only ends the order.
 */
import { checkAgainstBinding, type PdfReading, PdfRefusal } from '@machikado/inspection';
import { nameRef } from '@machikado/pki';
import { type BindingRecord, refuse } from '@machikado/protocol';
import type { Center, Deadline } from '../ports.ts';
import type { Municipality } from '../settings.ts';

export async function inspectionFaults(
  center: Center,
  { pdf, binding }: { readonly pdf: Uint8Array; readonly binding: BindingRecord },
  { bindingKey }: Municipality,
  deadline: Deadline,
): Promise<string[]> {
  const reading = await read(center, pdf, deadline);
  if (reading instanceof PdfRefusal) return [`pdf:${reading.reason}`];
  const keys = { nameRef: (name: string) => nameRef(bindingKey, binding.orderId, name) };
  return checkAgainstBinding(reading, binding, keys).map(({ code }) => `inspection:${code}`);
}

async function read(center: Center, pdf: Uint8Array, deadline: Deadline): Promise<PdfReading | PdfRefusal> {
  try {
    return await center.reader.read(pdf, { signal: deadline.signal });
  } catch (error) {
    if (!(error instanceof PdfRefusal) || error.reason === 'crashed') throw error;
    return error.reason === 'too-slow' ? refuse('DEADLINE_PASSED', 'reading took too long', { cause: error }) : error;
  }
}
