/**
 * How long a request may still take. Every hop passes on what is left (header `deadline-ms`), so nobody works on for an asker
 * who has given up; what comes too late is discarded.
 */
import { setMaxListeners } from 'node:events';
import { ProtocolError } from '@machikado/protocol';
import type { Clocks, MonotonicClock } from './clocks.ts';

export const DEADLINE_HEADER = 'deadline-ms';

/** Who works on an order’s copies listens for each of them, and of those there are up to 20; more at once is a leak, of which Node.js is to tell. */
const listenersMax = 64;

/** As much of a deadline as passing it on takes. */
export interface TimeLeft {
  readonly signal: AbortSignal;
  leftMs(): number;
  refuseIfPassed(): void;
}

export class Deadline implements TimeLeft {
  readonly #clock: MonotonicClock;
  readonly #endsAtMs: number;
  readonly #controller = new AbortController();
  readonly #cancel: () => void;

  static after(ms: number, clocks: Pick<Clocks, 'monotonic' | 'timers'>): Deadline {
    return new Deadline(ms, clocks);
  }

  private constructor(ms: number, { monotonic, timers }: Pick<Clocks, 'monotonic' | 'timers'>) {
    this.#clock = monotonic;
    this.#endsAtMs = monotonic.nowMs() + ms;
    setMaxListeners(listenersMax, this.#controller.signal);
    this.#cancel = timers.after(ms, () => this.#controller.abort(passed()));
  }

  /** Aborts, with DEADLINE_PASSED as its reason, at the moment the time is over. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  leftMs(): number {
    return Math.max(0, this.#endsAtMs - this.#clock.nowMs());
  }

  refuseIfPassed(): void {
    if (this.signal.aborted || this.leftMs() === 0) throw passed();
  }

  /** `work`, or DEADLINE_PASSED as soon as the time is over, whatever the work does afterwards. */
  async limit<T>(work: Promise<T>): Promise<T> {
    let onAbort: () => void = () => undefined;
    const over = new Promise<never>((_, reject) => {
      onAbort = () => reject(this.signal.reason);
      this.signal.addEventListener('abort', onAbort, { once: true });
    });
    if (this.signal.aborted) onAbort();
    try {
      return await Promise.race([work, over]);
    } finally {
      this.signal.removeEventListener('abort', onAbort);
    }
  }

  /** Lets the timer go. */
  dispose(): void {
    this.#cancel();
  }
}

function passed(): ProtocolError {
  return new ProtocolError('DEADLINE_PASSED', 'the time the asker gave is over');
}
