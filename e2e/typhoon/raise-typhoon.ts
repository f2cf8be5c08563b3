/** The storm itself: orders from every store while faults come at random, then rest, then judgement. */
import { join } from 'node:path';
import { createDice } from '../storm/dice.ts';
import { groupBy } from '../storm/group-by.ts';
import { faultTable } from './faults.ts';
import { letLoose } from './let-loose.ts';
import type { TyphoonOptions } from './options.ts';
import type { Stores } from './stores.ts';
import { watchDeaths } from './supervise.ts';
import type { TyphoonTown } from './town.ts';

export interface TyphoonFigures {
  readonly tookMs: number;
  readonly orders: number;
  readonly uses: number;
  readonly faults: ReadonlyMap<string, number>;
  readonly deaths: readonly string[];
}

const WEATHER = { lost: 0.02, twice: 0.03, diskFull: false };
const STORE_PAUSE_MS = 1_000;
const PROGRESS_MS = 15_000;

export async function raiseTyphoon(
  town: TyphoonTown,
  stores: Stores,
  options: TyphoonOptions,
  say: (line: string) => void,
): Promise<TyphoonFigures> {
  const { orders, seed, standstillMs, phaseMs } = options;
  const shared = stores.streets.filter(({ kiosks }) => kiosks.length > 1);
  for (const street of shared) await street.setWeather(WEATHER);
  const faults = faultTable(town, shared, { standstillMs, weather: WEATHER });
  const tempest = letLoose(faults, createDice(`${seed} faults`), () => stores.orders());
  const watch = watchDeaths([...town.centers, ...town.issuers, ...shared], tempest.isBefallen, join(town.dir, 'log'));
  const began = performance.now();
  let told = 0;
  const progress = setInterval(() => {
    const struck = [...tempest.counts.values()].reduce((a, b) => a + b, 0);
    const codes = [...groupBy(stores.uses, ({ code }) => code)].map(([code, uses]) => `${code} ${uses.length}`);
    const seconds = (performance.now() - began) / 1000;
    for (const use of stores.uses.slice(told))
      if (use.error !== undefined) say(`${use.kiosk.kioskId} ${use.code}: ${use.error}`);
    told = stores.uses.length;
    say(
      `${stores.orders()} of ${orders} orders, ${stores.uses.length} uses, ${struck} faults, ${seconds.toFixed(0)} s; ${codes.join(', ')}`,
    );
  }, PROGRESS_MS);
  await stores.serveUntil(() => stores.orders() >= orders || performance.now() > began + phaseMs, STORE_PAUSE_MS);
  clearInterval(progress);
  const tookMs = performance.now() - began;
  await tempest.calm();
  await watch.stop();
  for (const street of shared) await street.setWeather({ lost: 0, twice: 0, diskFull: false });
  return { tookMs, orders: stores.orders(), uses: stores.uses.length, faults: tempest.counts, deaths: watch.deaths };
}
