/** Faults at random, some at the same time, each ended after a while. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dice } from '../storm/dice.ts';
import type { Fault } from './faults.ts';

export interface Tempest {
  /** How often each kind began. */
  readonly counts: ReadonlyMap<string, number>;
  isBefallen(whom: string): boolean;
  /** Everything is mended when it resolves. */
  calm(): Promise<void>;
}

const AT_ONCE = 3;
/** Between two faults, on average. */
const ORDERS_BETWEEN = 20;
/** Where nobody can be served at all, the next fault comes nevertheless. */
const LULL_MS = 30_000;
const LOOK_EVERY_MS = 50;

/**
 * `orders`: how many were sealed. The storm keeps pace with them, so that a slow machine is not left without a calm moment; uses that end at once
 * because a clock is wrong do not hasten it.
 */
export function letLoose(faults: readonly Fault[], dice: Dice, orders: () => number): Tempest {
  const counts = new Map<string, number>();
  const befallen = new Map<string, Promise<void>>();
  const over = new AbortController();
  const drawn = faults.flatMap((fault) => Array<Fault>(fault.weight).fill(fault));
  const pause = (ms: number) => sleep(ms, undefined, { signal: over.signal }).catch(() => undefined);
  const raging = rage();
  // Met when calm comes.
  raging.catch(() => undefined);

  async function rage(): Promise<void> {
    while (!over.signal.aborted) {
      await untilOrders(orders() + 1 + dice.int(2 * ORDERS_BETWEEN));
      const fault = dice.pick(drawn);
      if (over.signal.aborted || befallen.has(fault.whom) || befallen.size >= AT_ONCE) continue;
      counts.set(fault.kind, (counts.get(fault.kind) ?? 0) + 1);
      const struck = strike(fault);
      struck.catch(() => undefined);
      befallen.set(fault.whom, struck);
    }
    await Promise.all(befallen.values());
  }

  async function untilOrders(due: number): Promise<void> {
    const latest = performance.now() + LULL_MS;
    while (!over.signal.aborted && orders() < due && performance.now() < latest) await pause(LOOK_EVERY_MS);
  }

  async function strike(fault: Fault): Promise<void> {
    await fault.begin(dice);
    await pause(fault.lastsMs(dice));
    await fault.end();
    befallen.delete(fault.whom);
  }

  return {
    counts,
    isBefallen: (whom) => befallen.has(whom),
    async calm() {
      over.abort();
      await raging;
    },
  };
}
