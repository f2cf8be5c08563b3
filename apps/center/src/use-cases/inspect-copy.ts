/**
 * The center's own look at a document, before anything is sealed. What is looked at is the clean copy, because that is what will be printed: its
 * pages and pictures against the binding record, its margin against the order, each name against its reference. A file that is refused counts
 * as a difference; running out of time, or an engine that breaks, says nothing about the document and only ends the order. Fronts are coded for
 * their backs from the very pictures that were compared, so no picture is kept or drawn twice.
 */
import { type CodedFront, TreatmentRefusal } from '@machikado/antiforgery';
import { checkAgainstBinding, freeMemory, type PdfReading, PdfRefusal } from '@machikado/inspection';
import { nameRef } from '@machikado/pki';
import { type BindingRecord, refuse } from '@machikado/protocol';
import type { Center, Deadline } from '../ports.ts';
import type { Municipality } from '../settings.ts';

export type InspectedCopy =
  | { readonly faults: readonly string[] }
  | {
      readonly faults?: never;
      readonly clean: Uint8Array;
      /** One for each page. */
      readonly fronts: readonly CodedFront[];
    };

export async function inspectCopy(
  center: Center,
  { pdf, binding }: { readonly pdf: Uint8Array; readonly binding: BindingRecord },
  { bindingKey }: Municipality,
  { signal }: Deadline,
): Promise<InspectedCopy> {
  const clean = await unlessRefused(center.treatment.takeIn(pdf, { signal }));
  if (typeof clean === 'string') return { faults: [clean] };
  const reading = await unlessRefused(center.reader.read(clean, { signal }));
  if (typeof reading === 'string') return { faults: [reading] };
  try {
    const keys = { nameRef: (name: string) => nameRef(bindingKey, binding.orderId, name) };
    const faults = checkAgainstBinding(reading, binding, keys).map(({ code }) => `inspection:${code}`);
    return faults.length > 0 ? { faults } : { clean, fronts: await codeFronts(center, reading, signal) };
  } finally {
    freeMemory(reading.pages.map(({ raster }) => raster.data));
  }
}

function codeFronts(center: Center, { pages }: PdfReading, signal: AbortSignal): Promise<CodedFront[]> {
  return Promise.all(pages.map(({ raster }) => center.treatment.codeFront(raster, { signal })));
}

/** What was answered, or the name of the fault that a refusal is. */
async function unlessRefused<T>(look: Promise<T>): Promise<T | string> {
  try {
    return await look;
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === undefined || reason === 'crashed') throw error;
    return reason === 'too-slow'
      ? refuse('DEADLINE_PASSED', 'reading took too long', { cause: error })
      : `pdf:${reason}`;
  }
}

/** Both who copy and who read give their reasons, in the same spelling here. */
function reasonOf(error: unknown): string | undefined {
  if (error instanceof PdfRefusal) return error.reason;
  return error instanceof TreatmentRefusal ? error.code.toLowerCase().replaceAll('_', '-') : undefined;
}
