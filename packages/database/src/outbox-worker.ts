/** Walks the outbox in the background until it is stopped. Any number of workers on one table share the work. */
import { deliverNext, type OutboxOptions } from './outbox.ts';

export interface Outbox {
  /** Delivers everything that is due; returns how many rows were delivered. */
  drain(): Promise<number>;
  start(): void;
  /** Waits for the delivery under way. */
  stop(): Promise<void>;
}

export interface OutboxWorkerOptions<P> extends OutboxOptions<P> {
  /** Pause between two looks; default 1 s. */
  readonly pollMs?: number;
}

export function createOutbox<P = unknown>(options: OutboxWorkerOptions<P>): Outbox {
  const { pollMs = 1_000, onError } = options;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  let stopped = true;

  async function walk(goOn: () => boolean): Promise<number> {
    let delivered = 0;
    while (goOn()) {
      const step = await deliverNext(options);
      if (step === 'idle') break;
      if (step === 'delivered') delivered += 1;
    }
    return delivered;
  }

  function look(): void {
    // An unreachable database is met again at the next look.
    running = walk(() => !stopped)
      .catch((error: unknown) => onError?.(error, undefined))
      .finally(() => {
        if (!stopped) timer = setTimeout(look, pollMs).unref();
      });
  }

  return {
    drain: () => walk(() => true),
    start() {
      if (!stopped) return;
      stopped = false;
      look();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
