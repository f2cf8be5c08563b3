/**
 * 件数: whole uses a second, from the login to the outcome, with everything on: mutual TLS, OCSP live, registry, typesetting, inspection, treatment, seal,
 * ledger, audit, a durable database, and the kiosks’ side of the wire, all on the cores of this machine. Against what the country needs: 47 million
 * certificates a year are 1.49 a second, and 6.6 in the busiest hour. Then at half of what was reached, at a fixed rate, whatever has become of those before:
 * how long a resident waits from the login to the outcome.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { openClient } from '../../e2e/raw-kiosk.ts';
import { type Line, manyAtOnce } from '../compare.ts';
import { orderAndTake, type TownAtHand, whoIsServed } from '../open-town.ts';
import { median, quantile } from '../quantile.ts';

const NATIONAL_MEAN = 1.49;
const NATIONAL_PEAK = 6.6;
const AIM = 15;
const PEOPLE = 24;
const WARM_UP = 60;
const ORDERS = 150;
const HALF_LOAD_SECONDS = 25;

export async function orders(rounds: number, townAtHand: TownAtHand): Promise<Line[]> {
  const bench = await townAtHand();
  const people = await whoIsServed(bench, PEOPLE);
  const clients = bench.site.plan.kiosks.map((kioskId) => openClient(bench.site, kioskId));
  const order = async (i: number) => {
    const client = clients[i % clients.length];
    const card = people[i % people.length];
    if (!client || !card) throw new Error('nobody to order');
    await orderAndTake(bench, client, card);
  };
  await manyAtOnce(WARM_UP, clients.length, order);
  const ours: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    await manyAtOnce(ORDERS, clients.length, order);
    ours.push((ORDERS / (performance.now() - began)) * 1_000);
  }
  const waited = await atRate(median(ours) / 2, order);
  for (const client of clients) await client.close();
  const [p50, p99] = [0.5, 0.99].map((share) => Math.round(quantile(waited, share)));
  const note = `at half of it a whole use takes ${p50} ms (p50), ${p99} ms (p99)`;
  const against = (name: string, needed: number) => ({
    ...{ unit: 'a second', ours, peer: { name, rounds: ours.map(() => needed) } },
    aim: Number((AIM / needed).toPrecision(2)),
  });
  return [
    { what: 'full orders', ...against('the nation’s mean', NATIONAL_MEAN), note },
    { what: 'full orders', ...against('the nation’s peak', NATIONAL_PEAK) },
  ];
}

/** Milliseconds of each. */
async function atRate(aSecond: number, order: (i: number) => Promise<void>): Promise<number[]> {
  const waited: number[] = [];
  const under: Promise<void>[] = [];
  const began = performance.now();
  for (let i = 0; i < aSecond * HALF_LOAD_SECONDS; i += 1) {
    await sleep(Math.max(0, began + (i / aSecond) * 1_000 - performance.now()));
    const asked = performance.now();
    under.push(order(i).then(() => void waited.push(performance.now() - asked)));
  }
  await Promise.all(under);
  return waited;
}
