/** A clock that a test turns by hand: whoever sleeps wakes in the order of time, and nobody waits for real. */
import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../ports.ts';

export interface HandClock extends Clock {
  advance(ms: number): Promise<void>;
}

const TURNS = 6;

/** Whatever can go on by itself goes on. */
export async function settle(): Promise<void> {
  for (let n = 0; n < TURNS; n += 1) await turn();
}

export function createHandClock(start = '2026-06-01T03:00:00Z'): HandClock {
  let now = Date.parse(start);
  const sleepers = new Set<{ readonly at: number; wake(): void }>();
  const nextBefore = (end: number) => [...sleepers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
  return {
    now: () => new Date(now),
    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        const giveUp = () => {
          sleepers.delete(sleeper);
          reject(signal?.reason);
        };
        const sleeper = {
          at: now + ms,
          wake() {
            signal?.removeEventListener('abort', giveUp);
            resolve();
          },
        };
        if (signal?.aborted) return reject(signal.reason);
        signal?.addEventListener('abort', giveUp, { once: true });
        sleepers.add(sleeper);
      });
    },
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (let next = nextBefore(end); next; next = nextBefore(end)) {
        now = next.at;
        sleepers.delete(next);
        next.wake();
        await settle();
      }
      now = end;
      await settle();
    },
  };
}
