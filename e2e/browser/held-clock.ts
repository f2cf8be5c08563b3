/** A clock that goes by itself but for the resident’s patience: that ends when a test says so. And it can be told to run ahead. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ports } from '@machikado/kiosk-agent';

export interface HeldClock {
  readonly clock: Ports['clock'];
  readonly idle: { readonly idleMs: number; readonly moreTimeMs: number };
  /** The resident has not touched anything for so long; comes back when somebody had waited for it. */
  idleOver(): Promise<void>;
  /** Nobody answered もう少し時間がいりますか. */
  moreTimeOver(): Promise<void>;
  runAhead(ms: number): void;
}

/** Lengths that nothing else waits for. */
const idle = { idleMs: 7_777_777, moreTimeMs: 4_444 };

export function createHeldClock(): HeldClock {
  let aheadMs = 0;
  const waiting = new Map<number, () => void>();
  const arrivals = new Set<() => void>();
  const hold = (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const wake = () => {
        waiting.delete(ms);
        resolve();
      };
      waiting.set(ms, wake);
      for (const tell of arrivals) tell();
      signal?.addEventListener('abort', () => {
        if (waiting.get(ms) === wake) waiting.delete(ms);
        reject(signal.reason);
      });
      if (signal?.aborted) reject(signal.reason);
    });
  const over = async (ms: number) => {
    while (!waiting.has(ms))
      await new Promise<void>((resolve) => {
        arrivals.add(resolve);
      });
    arrivals.clear();
    waiting.get(ms)?.();
  };
  return {
    idle,
    clock: {
      now: () => new Date(Date.now() + aheadMs),
      sleep: (ms, signal) =>
        ms === idle.idleMs || ms === idle.moreTimeMs ? hold(ms, signal) : sleep(ms, undefined, signal && { signal }),
    },
    idleOver: () => over(idle.idleMs),
    moreTimeOver: () => over(idle.moreTimeMs),
    runAhead(ms) {
      aheadMs += ms;
    },
  };
}
