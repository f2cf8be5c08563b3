/**
 * Pictures of sheets: pdfium in one worker thread, in colour. A page that kills the thread, or takes too long, costs its own picture only; the next
 * one gets a new thread.
 */
import { Worker } from 'node:worker_threads';

/** `side` 1 is the face. */
export interface Drawing {
  readonly side: number;
  readonly dpi: number;
}

export interface SheetPainter {
  sides(pdf: Uint8Array): Promise<number>;
  /** A PNG. */
  paint(pdf: Uint8Array, drawing: Drawing): Promise<Uint8Array>;
  close(): Promise<void>;
}

export type PaintingJob = { readonly pdf: Uint8Array; readonly drawing: Drawing | null };
export type PaintingAnswer = { readonly sides: number } | { readonly png: Uint8Array } | { readonly failed: true };

const PATIENCE_MS = 20_000;

function startWorker(): Worker {
  const worker = new Worker(new URL('./paint-worker.mjs', import.meta.url));
  // Its exit, which follows, says it all.
  worker.on('error', () => {});
  // It keeps nobody from ending.
  worker.unref();
  return worker;
}

export function createSheetPainter(): SheetPainter {
  let worker: Worker | undefined;
  let queue: Promise<unknown> = Promise.resolve();

  const end = async () => {
    const ending = worker;
    worker = undefined;
    await ending?.terminate();
  };
  const answer = (job: PaintingJob) =>
    new Promise<PaintingAnswer>((resolve) => {
      worker ??= startWorker();
      const asked = worker;
      const done = (result: PaintingAnswer) => {
        clearTimeout(timer);
        asked.off('message', done).off('exit', giveUp);
        resolve(result);
      };
      const giveUp = () => {
        done({ failed: true });
        void end();
      };
      const timer = setTimeout(giveUp, PATIENCE_MS);
      asked.on('message', done).on('exit', giveUp);
      asked.postMessage(job);
    });
  const ask = (job: PaintingJob): Promise<PaintingAnswer> => {
    const mine = queue.then(() => answer(job));
    queue = mine;
    return mine;
  };

  return {
    async sides(pdf) {
      const result = await ask({ pdf, drawing: null });
      return 'sides' in result ? result.sides : 1;
    },
    async paint(pdf, drawing) {
      const result = await ask({ pdf, drawing });
      if ('png' in result) return result.png;
      throw new Error('the sheet could not be drawn');
    },
    close: end,
  };
}
