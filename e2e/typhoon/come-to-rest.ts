/** After the last fault: staff go round every store, and all clocks run on until nobody waits for anything. */
import { setTimeout as sleep } from 'node:timers/promises';
import { setClock } from './faults.ts';
import type { Stores } from './stores.ts';
import type { TyphoonTown } from './town.ts';

const STAFF_MS = 180_000;
/** What has not moved for so long is stuck. */
const REST_MS = 60_000;
const HOUR_MS = 3_600_000;
const LOOK_EVERY_MS = 200;

/** `aheadMs`: of the clocks, so far. Every sentence returned is something that stays stuck. */
export async function comeToRest(town: TyphoonTown, stores: Stores, aheadMs = 0): Promise<readonly string[]> {
  const giveUpAt = performance.now() + STAFF_MS;
  const settled = await Promise.all(
    stores.streets.flatMap((street) =>
      street.kiosks.map(async (kioskId) => {
        await street.reopen(kioskId);
        const failure = await stores.settle(street, kioskId, () => performance.now() > giveUpAt);
        return failure === undefined ? [] : [`${kioskId} cannot be settled: ${failure}`];
      }),
    ),
  );
  // Deadlines that a jumping clock has put far away, and mail that waits for its next attempt.
  const servers = [...town.centers, ...town.issuers];
  for (const server of servers) setClock(server, aheadMs + HOUR_MS);
  let waiting = await whatWaits(town);
  let movedAt = performance.now();
  while (waiting.length > 0 && performance.now() < movedAt + REST_MS) {
    await sleep(LOOK_EVERY_MS);
    const next = await whatWaits(town);
    if (next.join() !== waiting.join()) movedAt = performance.now();
    waiting = next;
  }
  for (const server of servers) setClock(server, aheadMs);
  return [...settled.flat(), ...waiting];
}

async function whatWaits({ centerDb: { db }, issuerDb: { ownerDb }, plan }: TyphoonTown): Promise<readonly string[]> {
  const count = async (what: string, from: string, sql = db) => {
    const [{ n = 0 } = {}] = await sql.query<{ n: number }>(`select count(*)::int as n from ${from}`);
    return n === 0 ? [] : [`${n} ${what}`];
  };
  const atIssuers = await Promise.all(
    plan.towns.flatMap(({ lgCode }) => [
      count(`orders begun in ${lgCode}`, `m${lgCode}.issue_order where state = 'begun'`, ownerDb),
      count(`numbers issued and not ended in ${lgCode}`, `m${lgCode}.issue_number where state = 'issued'`, ownerDb),
    ]),
  );
  return [
    ...(await count('open orders', `orders where state in ('requested', 'sealed', 'paid')`)),
    ...(await count('outcomes not delivered', 'outcome_outbox')),
    ...(await count('half keys', 'order_copies where center_share is not null')),
    ...(await count('open sessions', `sessions where state in ('challenged', 'proven')`)),
    ...atIssuers.flat(),
  ];
}
