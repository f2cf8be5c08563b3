/**
 * Worker threads for the files of strangers: nothing of one piece of work is left for the next, a runaway is stopped with its thread, and a
 * crash is told of that one piece alone.
 */
import { Tinypool } from 'tinypool';

export class ThreadFailure extends Error {
  override readonly name = 'ThreadFailure';
  readonly reason: 'too-slow' | 'crashed';

  constructor(reason: ThreadFailure['reason'], options?: ErrorOptions) {
    super(reason, options);
    this.reason = reason;
  }
}

export interface StrangerThreads {
  /** Rejects with ThreadFailure, or with the signal’s reason when the asker gave up. `name`: the export that does the work. */
  run(work: unknown, options?: { readonly name?: string; readonly signal?: AbortSignal | undefined }): Promise<unknown>;
  close(): Promise<void>;
}

export function startThreads({
  filename,
  workers,
  timeoutMs,
}: {
  readonly filename: string;
  readonly workers: number;
  readonly timeoutMs: number;
}): StrangerThreads {
  const pool = new Tinypool({ filename, execArgv: [], minThreads: workers, maxThreads: workers });
  // A thread that dies between two pieces of work is replaced; one that dies in the middle fails its piece.
  pool.on('error', () => {});
  let closed = false;
  const attempt = (work: unknown, given: { name?: string; signal: AbortSignal }): Promise<unknown> =>
    pool.run(work, given).catch((cause: unknown) => {
      // The pool may hand work to a thread that is just being stopped because another asker gave up. Nothing of it was done.
      if (closed || given.signal.aborted || !wasStopped(cause)) throw cause;
      return attempt(work, given);
    });
  return {
    async run(work, { name, signal } = {}) {
      signal?.throwIfAborted();
      const slow = AbortSignal.timeout(timeoutMs);
      const either = signal ? AbortSignal.any([signal, slow]) : slow;
      return attempt(work, { signal: either, ...(name && { name }) }).catch((cause: unknown): never => {
        signal?.throwIfAborted();
        throw new ThreadFailure(slow.aborted ? 'too-slow' : 'crashed', { cause });
      });
    },
    close() {
      closed = true;
      return pool.destroy();
    },
  };
}

/** In the pool’s own words. */
const wasStopped = (cause: unknown): boolean => cause instanceof Error && cause.message === 'Terminating worker thread';
