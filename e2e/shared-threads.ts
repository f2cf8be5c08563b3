/**
 * Threads that take long to start and keep nothing of what they did: one reader of documents and one treatment for all chains and kiosks of a test
 * process. They end with it.
 */
import { createTreatment, type Treatment } from '@machikado/antiforgery';
import { createPdfReader, type PdfReader } from '@machikado/inspection';

let reader: PdfReader | undefined;
let treatment: Treatment | undefined;
const close = async () => undefined;

export function sharedReader(): PdfReader {
  reader ??= { ...createPdfReader({ workers: 1 }), close };
  return reader;
}

export function sharedTreatment(): Treatment {
  treatment ??= { ...createTreatment({ workers: 1 }), close };
  return treatment;
}
