/**
 * 大都市の一日: as many orders as a city of several millions places on a busy day, spread over its opening hours as people come, with nothing
 * going wrong. Business time runs with the orders. Meanwhile it is measured what every program holds, and whether it grows.
 */

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createTurnstile } from '../storm/crowd.ts';
import { createDice } from '../storm/dice.ts';
import { setClock } from './faults.ts';
import type { Inside, Told } from './inside.ts';
import type { TyphoonOptions } from './options.ts';
import { handlesOf } from './processes.ts';
import type { Stores } from './stores.ts';
import type { TyphoonTown } from './town.ts';

/** 08:30 JST: both towns are open from then to 20:00. */
export const DAY_BEGINS = '2026-11-23T23:30:00.000Z';
/** A day of so many orders; a shorter run is its beginning. */
const ORDERS_OF_A_DAY = 10_000;
/** How many come in each hour from 08:30 on, relative to each other: most at noon and after work. */
const comings = [6, 8, 9, 11, 10, 8, 8, 8, 9, 11, 9] as const;
const HOUR_MS = 3_600_000;
const SAMPLES = 40;
const AT_ONCE = 12;

export interface Sample {
  readonly orders: number;
  readonly held: Held;
}

export const held = ['resident MB', 'heap MB', 'descriptors', 'sockets', 'timers', 'pg connections'] as const;
export type Held = Readonly<Record<(typeof held)[number], number>>;

export interface DayFigures {
  readonly tookMs: number;
  readonly orders: number;
  /** Of business time. */
  readonly aheadMs: number;
  readonly samples: ReadonlyMap<string, readonly Sample[]>;
}

export async function liveThroughADay(
  town: TyphoonTown,
  stores: Stores,
  { dayOrders: orders, seed, phaseMs }: TyphoonOptions,
  say: (line: string) => void,
): Promise<DayFigures> {
  const comers = comingTimes(Math.max(orders, ORDERS_OF_A_DAY), seed).slice(0, orders);
  const programs = [...town.centers, ...town.issuers, ...stores.streets];
  const places = stores.streets.flatMap((street) => street.kiosks.map((kioskId) => ({ street, kioskId, free: true })));
  const samples = new Map<string, Sample[]>(programs.map(({ name }) => [name, []]));
  const turnstile = createTurnstile(AT_ONCE);
  const every = Math.max(1, Math.floor(orders / SAMPLES));
  let done = 0;
  let nextSample = every;
  let aheadMs = 0;
  let measuring: Promise<void> = Promise.resolve();

  async function measure(): Promise<void> {
    const connections = await connectionsByProgram(town);
    for (const { name, child } of programs) {
      const inside = await askInside(child());
      const { descriptors, sockets, residentMb } = handlesOf(child().pid ?? 0);
      const mine: Held = {
        ...{ descriptors, sockets, timers: inside.timers },
        ...{ 'resident MB': residentMb, 'heap MB': inside.heapMb },
        'pg connections': connections.get(name.replace(/-\d+$/, '')) ?? 0,
      };
      samples.get(name)?.push({ orders: done, held: mine });
    }
    say(`${done} of ${orders} orders of the day`);
  }

  const began = performance.now();
  await Promise.all(
    comers.map((comesAtMs) =>
      turnstile(async () => {
        if (performance.now() > began + phaseMs) return;
        aheadMs = comesAtMs;
        moveTo(comesAtMs, programs, town);
        const place = places.find(({ free }) => free);
        if (!place) throw new RangeError('more people than stores');
        place.free = false;
        await stores.serve(place.street, place.kioskId);
        await stores.settle(place.street, place.kioskId, () => false);
        place.free = true;
        // Everybody in turn.
        places.push(...places.splice(places.indexOf(place), 1));
        done += 1;
        if (done < nextSample) return;
        nextSample += every;
        measuring = measuring.then(measure);
      }),
    ),
  );
  await measuring;
  return { tookMs: performance.now() - began, orders: done, aheadMs, samples };
}

/** Milliseconds after the beginning of the day, in order. */
function comingTimes(count: number, seed: string): readonly number[] {
  const dice = createDice(`${seed} day`);
  const hours = comings.flatMap((weight, hour) => Array<number>(weight).fill(hour));
  const times = Array.from({ length: count }, () => dice.pick(hours) * HOUR_MS + dice.int(HOUR_MS));
  return times.sort((a, b) => a - b);
}

type Program = TyphoonTown['centers'][number] | Stores['streets'][number];

/** All clocks together: only the day goes faster, nothing is late. */
function moveTo(ms: number, programs: readonly Program[], town: TyphoonTown): void {
  town.setJpkiAhead(ms);
  for (const program of programs) setClock(program, ms);
}

async function askInside(child: ChildProcess): Promise<Inside> {
  child.send({ storm: 'report' } satisfies Told);
  for (;;) {
    const [message] = (await once(child, 'message')) as [Partial<Inside>];
    if (message.storm === 'inside') return message as Inside;
  }
}

/** Of both of a kind together. */
async function connectionsByProgram({ centerDb }: TyphoonTown): Promise<ReadonlyMap<string, number>> {
  const rows = await centerDb.db.query<{ name: string; n: number }>(
    `select replace(application_name, 'machikado-', '') as name, count(*)::int as n from pg_stat_activity
     where application_name in ('machikado-center', 'issuer') group by 1`,
  );
  return new Map(rows.map(({ name, n }) => [name, n]));
}

/** By how much it grows with every 1,000 orders: least squares over the later half. */
export function slopeOf(samples: readonly Sample[], what: keyof Held): number {
  const later = samples.slice(Math.floor(samples.length / 2));
  const mean = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0) / numbers.length;
  const x = mean(later.map(({ orders }) => orders));
  const y = mean(later.map(({ held }) => held[what]));
  const xy = later.reduce((sum, { orders, held }) => sum + (orders - x) * (held[what] - y), 0);
  const xx = later.reduce((sum, { orders }) => sum + (orders - x) ** 2, 0);
  return xx === 0 ? 0 : (xy / xx) * 1_000;
}
