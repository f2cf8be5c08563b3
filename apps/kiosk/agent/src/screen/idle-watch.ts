/**
 * もう少し時間がいりますか: nobody has touched anything for a while. First the question, counting down; then the use is given up. Any touch
 * begins anew.
 */
import { Cancelled } from '../kiosk-fault.ts';
import type { Clock } from '../ports.ts';

export interface Idle {
  readonly idleMs: number;
  /** How long the question stands. */
  readonly moreTimeMs: number;
}

export interface IdleWatch {
  touch(): void;
  /** Rejects with `Cancelled` when time is up, or with the reason of the signal. */
  watch(signal: AbortSignal, count: (endsInSeconds: number | undefined) => void): Promise<never>;
}

const STEP_MS = 5_000;

export function createIdleWatch(clock: Clock, { idleMs, moreTimeMs }: Idle): IdleWatch {
  let touched = new AbortController();
  /** Whether nobody touched anything for so long. */
  const quiet = async (ms: number, signal: AbortSignal): Promise<boolean> => {
    touched = new AbortController();
    try {
      await clock.sleep(ms, AbortSignal.any([touched.signal, signal]));
      return true;
    } catch {
      signal.throwIfAborted();
      return false;
    }
  };
  return {
    touch: () => touched.abort(),
    async watch(signal, count) {
      for (;;) {
        if (!(await quiet(idleMs, signal))) continue;
        let leftMs = moreTimeMs;
        for (; leftMs > 0; leftMs -= STEP_MS) {
          count(Math.ceil(leftMs / 1000));
          if (!(await quiet(Math.min(STEP_MS, leftMs), signal))) break;
        }
        if (leftMs <= 0) throw new Cancelled('timeout');
        count(undefined);
      }
    },
  };
}
