/**
 * Kiosks that die together with the center, each while its order comes to one of the states in which somebody waits, and that
 * nobody starts again: the center alone brings the orders to their end.
 */
import { orderMoves } from '@machikado/protocol';
import { holding } from './commit-gate.ts';
import type { KillableTown } from './killable-town.ts';
import type { Wish } from './machine.ts';
import { startKioskOf } from './play-row.ts';
import { until } from './until.ts';

export type Waiting = {
  [S in keyof typeof orderMoves]: (typeof orderMoves)[S] extends readonly [] ? never : S;
}[keyof typeof orderMoves];

/** The furthest first, so that each finds the moment before its own still free. */
export const waitingStates = (Object.keys(orderMoves) as (keyof typeof orderMoves)[])
  .filter((state): state is Waiting => orderMoves[state].length > 0)
  .reverse();

export interface Abandoned {
  readonly state: Waiting;
  readonly kioskId: string;
}

export async function killAllAtOnce(kiosks: readonly Abandoned[], town: KillableTown, wish: Wish): Promise<void> {
  const [first, ...rest] = kiosks;
  if (!first) {
    await town.machines.center.kill();
    return;
  }
  const victim = startKioskOf(town, first.kioskId);
  await victim.recover();
  await holding(town.centerDb, `orders ${first.state}`, async ({ arrived, letStand }) => {
    const visit = victim.serve(wish);
    await arrived();
    await killAllAtOnce(rest, town, wish);
    await victim.kill();
    await visit;
    await letStand();
  });
}

/** As if each state had lasted as long as it may. */
export async function letTimePass({ centerDb }: KillableTown, kiosks: readonly Abandoned[]): Promise<void> {
  const ids = kiosks.map(({ kioskId }) => kioskId);
  await centerDb.query('update orders set due_at = now() where due_at is not null and kiosk_id = any($1)', [ids]);
  await until('the jobs have seen every order', async () => {
    return (
      (await centerDb.query('select from orders where due_at is not null and kiosk_id = any($1)', [ids])).length === 0
    );
  });
}

export async function readEnd({ centerDb }: KillableTown, kioskId: string) {
  return centerDb.one<{ state: string; notices: string[]; shares: number }>(
    `select state, array(select notice from notices n where n.order_id = o.order_id) as notices,
       (select count(*)::int from order_copies c where c.order_id = o.order_id and center_share is not null) as shares
     from orders o where kiosk_id = $1`,
    [kioskId],
  );
}
