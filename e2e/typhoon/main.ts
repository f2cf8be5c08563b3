/**
 * `npm run test:storm`: two towns, two centers, two issuing servers and PostgreSQL as processes, many pseudo-stores, and everything that
 * can befall them; then kill -9 of each process again and again; then a primary database that dies and a standby that takes over; then a day
 * without faults, in which memory and handles must stay flat. Ends with 1 on any breach. (docs/storm.md)
 */
import { existsSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { createPdfReader } from '@machikado/inspection';
import { groupBy } from '../storm/group-by.ts';
import { comeToRest } from './come-to-rest.ts';
import { DAY_BEGINS, liveThroughADay } from './day.ts';
import { failOverAmidOrders } from './fail-over.ts';
import { judge } from './judge.ts';
import { killLoops } from './kill-loops.ts';
import { type Phase, readOptions } from './options.ts';
import { openPair, type Pair, pairPrograms } from './pair.ts';
import { exitOnSignals } from './processes.ts';
import { raiseTyphoon } from './raise-typhoon.ts';
import { openStores, type StoreSizes, type Stores } from './stores.ts';
import { openReport } from './table.ts';
import { openTyphoonTown, type TownOptions, type TyphoonTown } from './town.ts';

const options = readOptions(process.argv.slice(2));
const { seed, stores: count, only } = options;
const report = openReport();
const reader = createPdfReader({ workers: 2 });
const tell = (phase: Phase) => (line: string) =>
  console.error(`[${new Date().toISOString().slice(11, 19)}] ${phase}: ${line}`);
const has = (phase: Phase) => only.includes(phase);
/** Of pseudo-stores; each of them dies now and then. */
const STREETS = 4;
const STANDBY_KIOSKS = 40;
const STANDBY_ORDERS = 400;
const DAY_KIOSKS = 24;

exitOnSignals();
report.row('seed', seed);
if (has('storm')) await storm();
if (has('kills')) await kills();
if (has('standby')) await standby();
if (has('day')) await day();
await reader.close();
report.row(
  'cores, load average of the last minute, five and fifteen',
  `${cpus().length}, ${loadavg().map(rounded).join(' ')}`,
);
console.log(report.tell());
process.exit(report.isBroken ? 1 : 0);

async function storm(): Promise<void> {
  const sizes = { streets: STREETS, alone: 0, atOnce: 6, troubles: true };
  await inTown({ kiosks: count, cardsPerKiosk: 2, seed }, sizes, async (town, stores) => {
    const figures = await raiseTyphoon(town, stores, options, tell('storm'));
    report.row('storm: orders sealed, uses', `${figures.orders}, ${figures.uses}`);
    report.row('storm: orders a second', (figures.orders / (figures.tookMs / 1000)).toFixed(2));
    report.row('storm: faults', listOf(figures.faults));
    report.row('storm: ends of uses', listOf(endsOf(stores)));
    report.breach('storm', figures.deaths);
    report.verdict('storm', await judge(town, stores, reader, await comeToRest(town, stores)));
  });
}

async function kills(): Promise<void> {
  const sizes = { streets: 0, alone: 1, atOnce: 1, troubles: true };
  await inTown({ kiosks: 1, cardsPerKiosk: 8, seed }, sizes, async (town, stores) => {
    const { recoveryMs, stuck } = await killLoops(town, stores, options, tell('kills'));
    for (const [victim, ms] of recoveryMs) report.times(`kills: ${victim} to the next right order`, ms);
    report.row('kills: ends of uses', listOf(endsOf(stores)));
    report.breach('kills', stuck);
    report.verdict('kills', await judge(town, stores, reader, await comeToRest(town, stores)));
  });
}

async function standby(): Promise<void> {
  if (!pairPrograms.every((program) => existsSync(program))) {
    report.row('standby', 'left out: PostgreSQL 15 of Debian is not installed');
    return;
  }
  let pair: Pair | undefined;
  const openServer = async (dir: string, port: number) => {
    pair = await openPair(dir, port);
    return pair;
  };
  const kiosks = Math.min(count, STANDBY_KIOSKS);
  const sizes = { streets: 1, alone: 0, atOnce: 12, troubles: true };
  await inTown({ kiosks, cardsPerKiosk: 2, seed, openServer }, sizes, async (town, stores) => {
    if (!pair) throw new RangeError('a town has a server');
    const orders = Math.min(options.orders, STANDBY_ORDERS);
    tell('standby')(`${orders} orders, and the primary dies amid them`);
    const figures = await failOverAmidOrders(town, stores, pair, orders);
    report.row('standby: orders sealed', figures.orders);
    report.row('standby: primary killed to the next order sealed', `${(figures.outageMs / 1000).toFixed(2)} s`);
    report.verdict('standby', await judge(town, stores, reader, await comeToRest(town, stores)));
  });
}

async function day(): Promise<void> {
  const sizes = { streets: 1, alone: 0, atOnce: DAY_KIOSKS, troubles: false };
  await inTown({ kiosks: DAY_KIOSKS, cardsPerKiosk: 8, seed, at: DAY_BEGINS }, sizes, async (town, stores) => {
    const figures = await liveThroughADay(town, stores, options, tell('day'));
    report.row(
      'day: people who came',
      `${figures.orders} in ${(figures.aheadMs / 3_600_000).toFixed(1)} hours of business time`,
    );
    report.row('day: people a second', (figures.orders / (figures.tookMs / 1000)).toFixed(2));
    report.row('day: ends of uses', listOf(endsOf(stores)));
    report.slopes(figures);
    const stuck = await comeToRest(town, stores, figures.aheadMs);
    report.verdict('day', await judge(town, stores, reader, stuck));
  });
}

async function inTown(
  townOptions: TownOptions,
  sizes: StoreSizes,
  work: (town: TyphoonTown, stores: Stores) => Promise<void>,
): Promise<void> {
  const town = await openTyphoonTown(townOptions);
  try {
    const stores = await openStores(town, sizes, seed);
    await work(town, stores).finally(() => stores.close());
  } finally {
    await town.close();
  }
}

function endsOf({ uses }: Stores): ReadonlyMap<string, number> {
  return new Map([...groupBy(uses, ({ code }) => code)].map(([code, those]) => [code, those.length]));
}

function rounded(number: number): string {
  return number.toFixed(0);
}

function listOf(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([what, n]) => `${what} ${n}`)
    .join(', ');
}
