/**
 * A worker thread for sheets, one job after the other. A page that kills the thread, or takes too long, costs its own job only; the next one
 * gets a new thread. A thread that has nothing to do for a while ends, for it holds a lot of memory.
 */
import { Worker } from 'node:worker_threads';
import type { PaperAnswer, PaperJob, PaperMessage } from './paper-jobs.ts';

export interface PaperLine {
  ask(job: PaperJob, progress?: (done: number) => void): Promise<PaperAnswer>;
  close(): Promise<void>;
}

export interface LineTimes {
  readonly patienceMs: number;
  readonly idleMs: number;
}

function startWorker(): Worker {
  const worker = new Worker(new URL('./paper-worker.mjs', import.meta.url));
  // Its exit, which follows, says it all.
  worker.on('error', () => {});
  // It keeps nobody from ending.
  worker.unref();
  return worker;
}

export function openPaperLine({ patienceMs, idleMs }: LineTimes): PaperLine {
  let worker: Worker | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  let resting: NodeJS.Timeout | undefined;

  const end = async () => {
    const ending = worker;
    worker = undefined;
    await ending?.terminate();
  };
  const answer = (job: PaperJob, progress?: (done: number) => void) =>
    new Promise<PaperAnswer>((resolve) => {
      clearTimeout(resting);
      worker ??= startWorker();
      const asked = worker;
      const done = (result: PaperAnswer) => {
        clearTimeout(timer);
        asked.off('message', hear).off('exit', giveUp);
        resting = setTimeout(() => void end(), idleMs).unref();
        resolve(result);
      };
      const hear = (message: PaperMessage) => ('done' in message ? progress?.(message.done) : done(message));
      const giveUp = () => {
        done({ failed: true });
        void end();
      };
      const timer = setTimeout(giveUp, patienceMs);
      asked.on('message', hear).on('exit', giveUp);
      asked.postMessage(job);
    });

  return {
    ask(job, progress) {
      const mine = queue.then(() => answer(job, progress));
      queue = mine;
      return mine;
    },
    async close() {
      clearTimeout(resting);
      await end();
    },
  };
}
