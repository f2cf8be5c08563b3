/** The primary database dies amid orders; the standby, which had confirmed every COMMIT, takes over. */
import type { Pair } from './pair.ts';
import type { Stores } from './stores.ts';
import type { TyphoonTown } from './town.ts';

export interface FailOverFigures {
  readonly orders: number;
  /** From kill -9 of the primary to the next order that a center sealed. */
  readonly outageMs: number;
}

const PAUSE_MS = 300;
/** So many promises are waited for while the standby confirms nothing: a COMMIT that were answered then would be lost. */
const HELD_MS = 1_500;

export async function failOverAmidOrders(
  town: TyphoonTown,
  stores: Stores,
  pair: Pair,
  orders: number,
): Promise<FailOverFigures> {
  let outageMs = Number.NaN;
  const half = Math.ceil(orders / 2);
  const falling = (async () => {
    await reached(stores, half);
    pair.holdStandby();
    await new Promise((resolve) => setTimeout(resolve, HELD_MS));
    const killedAt = performance.now();
    await pair.failOver();
    town.lines.toDatabase.leadTo(pair.standbyPort);
    await reached(stores, stores.orders() + 1);
    outageMs = performance.now() - killedAt;
  })();
  await stores.serveUntil(() => stores.orders() >= orders && !Number.isNaN(outageMs), PAUSE_MS);
  await falling;
  return { orders: stores.orders(), outageMs };
}

async function reached(stores: Stores, orders: number): Promise<void> {
  while (stores.orders() < orders) await new Promise((resolve) => setTimeout(resolve, 20));
}
