/**
 * The reader: pdfium in worker threads, one instance a thread. Nothing of one reading is left for the next, a runaway is stopped
 * with its thread, and a crash is a refusal of that one file.
 */
import { Tinypool } from 'tinypool';
import type { PdfReading } from './page-reading.ts';
import { PdfRefusal, type PdfRefusalReason } from './pdf-refusal.ts';
import { readingLimits } from './reading-limits.ts';

export interface PdfReader {
  /** Rejects with PdfRefusal when the file is refused, with the signal’s reason when the asker gave up. */
  read(pdf: Uint8Array, options?: { readonly signal?: AbortSignal }): Promise<PdfReading>;
  close(): Promise<void>;
}

export type WorkerAnswer = { readonly reading: PdfReading } | { readonly refused: PdfRefusalReason };

export function createPdfReader({
  workers,
  timeoutMs = readingLimits.timeoutMs,
}: {
  readonly workers: number;
  readonly timeoutMs?: number;
}): PdfReader {
  const pool = new Tinypool({
    filename: new URL('./reading-worker.mjs', import.meta.url).href,
    execArgv: [],
    minThreads: workers,
    maxThreads: workers,
  });
  // A thread that dies between two readings is replaced; one that dies in the middle refuses its file.
  pool.on('error', () => {});
  return {
    async read(pdf, { signal } = {}) {
      if (pdf.length > readingLimits.bytesMax) throw new PdfRefusal('too-large');
      signal?.throwIfAborted();
      const slow = AbortSignal.timeout(timeoutMs);
      const answer = await pool
        .run(pdf, { signal: signal ? AbortSignal.any([signal, slow]) : slow })
        .catch((cause: unknown): never => {
          signal?.throwIfAborted();
          throw new PdfRefusal(slow.aborted ? 'too-slow' : 'crashed', { cause });
        });
      return readingOf(answer as WorkerAnswer);
    },
    close: () => pool.destroy(),
  };
}

function readingOf(answer: WorkerAnswer): PdfReading {
  if ('refused' in answer) throw new PdfRefusal(answer.refused);
  return answer.reading;
}
