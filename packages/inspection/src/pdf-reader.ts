/**
 * The reader: pdfium in worker threads, one instance a thread. Nothing of one reading is left for the next, a runaway is stopped
 * with its thread, and a crash is a refusal of that one file.
 */
import { Tinypool } from 'tinypool';
import type { FrontsReading, PdfReading } from './page-reading.ts';
import { PdfRefusal, type PdfRefusalReason } from './pdf-refusal.ts';
import { readingLimits } from './reading-limits.ts';

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
  const pool = new Tinypool({
    filename: new URL('./reading-worker.mjs', import.meta.url).href,
    execArgv: [],
    minThreads: workers,
    maxThreads: workers,
  });
  // A thread that dies between two readings is replaced; one that dies in the middle refuses its file.
  pool.on('error', () => {});
  async function run<T>(name: string, pdf: Uint8Array, bytesMax: number, signal: AbortSignal | undefined): Promise<T> {
    if (pdf.length > bytesMax) throw new PdfRefusal('too-large');
    signal?.throwIfAborted();
    const slow = AbortSignal.timeout(timeoutMs);
    const answer: WorkerAnswer<T> = await pool
      .run(pdf, { name, signal: signal ? AbortSignal.any([signal, slow]) : slow })
      .catch((cause: unknown): never => {
        signal?.throwIfAborted();
        throw new PdfRefusal(slow.aborted ? 'too-slow' : 'crashed', { cause });
      });
    if ('refused' in answer) throw new PdfRefusal(answer.refused);
    return answer.reading;
  }
  const { bytesMax, treatedBytesMax } = readingLimits;
  return {
    read: (pdf, { signal } = {}) => run('read', pdf, bytesMax, signal),
    readFronts: (pdf, { signal } = {}) => run('readFronts', pdf, treatedBytesMax, signal),
    close: () => pool.destroy(),
  };
}
