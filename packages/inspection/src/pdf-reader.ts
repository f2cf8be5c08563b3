/**
 * The reader: pdfium in worker threads, one instance a thread. Nothing of one reading is left for the next, a runaway is stopped
 * with its thread, and a crash is a refusal of that one file.
 */
import type { FrontsReading, PdfReading } from './page-reading.ts';
import { PdfRefusal, type PdfRefusalReason } from './pdf-refusal.ts';
import { readingLimits } from './reading-limits.ts';
import { startThreads, ThreadFailure } from './stranger-threads.ts';

export interface DocumentReader {
  /** Rejects with PdfRefusal when the file is refused, with the signal’s reason when the asker gave up. */
  read(pdf: Uint8Array, options?: { readonly signal?: AbortSignal }): Promise<PdfReading>;
  close(): Promise<void>;
}

export interface PdfReader extends DocumentReader {
  /** Draws nothing and looks at no back, so it costs a fraction of `read`. */
  readFronts(pdf: Uint8Array, options?: { readonly signal?: AbortSignal }): Promise<FrontsReading>;
}

export type WorkerAnswer<T> = { readonly reading: T } | { readonly refused: PdfRefusalReason };

export function createPdfReader({
  workers,
  timeoutMs = readingLimits.timeoutMs,
}: {
  readonly workers: number;
  readonly timeoutMs?: number;
}): PdfReader {
  const filename = new URL('./reading-worker.mjs', import.meta.url).href;
  const threads = startThreads({ filename, workers, timeoutMs });
  async function run<T>(name: string, pdf: Uint8Array, bytesMax: number, signal: AbortSignal | undefined): Promise<T> {
    if (pdf.length > bytesMax) throw new PdfRefusal('too-large');
    const answer = (await threads.run(pdf, { name, signal }).catch((error: unknown): never => {
      throw error instanceof ThreadFailure ? new PdfRefusal(error.reason, { cause: error.cause }) : error;
    })) as WorkerAnswer<T>;
    if ('refused' in answer) throw new PdfRefusal(answer.refused);
    return answer.reading;
  }
  const { bytesMax, treatedBytesMax } = readingLimits;
  return {
    read: (pdf, { signal } = {}) => run('read', pdf, bytesMax, signal),
    readFronts: (pdf, { signal } = {}) => run('readFronts', pdf, treatedBytesMax, signal),
    close: () => threads.close(),
  };
}
