/** The fuzzer of openapi-fuzz.test.ts for some ten thousand requests, from a seed of its own. MACHIKADO_SEED repeats a run. */
import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FuzzStage, openFuzzStage } from './fuzz/stage.ts';

const RUNS = 10;
/** A session lasts as long as these take. */
const ROUNDS = 60;
const seed = Number(process.env.MACHIKADO_SEED ?? randomInt(2 ** 31));

const total = new Map<string, number>();
let stage: FuzzStage;
beforeAll(async () => {
  stage = await openFuzzStage();
});
afterAll(() => stage?.close());

test.each(Array.from({ length: RUNS }, (_, i) => (seed + i) % 2 ** 31))('seed %i', async (one) => {
  const { faults, heard } = await stage.run(one, ROUNDS);
  const lines = [...heard].toSorted().map(([what, times]) => `${String(times).padStart(4)} ${what}`);
  console.log(`MACHIKADO_SEED=${one}\n${lines.join('\n')}`);
  for (const [what, times] of heard) total.set(what, (total.get(what) ?? 0) + times);
  expect(faults).toEqual([]);
});

test('the site for the public', async () => {
  const { faults } = await stage.runSite(seed, 10_000);
  expect(faults.slice(0, 20)).toEqual([]);
});

test('it came as far as paper and money, and did no harm', async () => {
  expect(await stage.harm()).toEqual([]);
  for (const operation of ['placeOrder', 'reportPayment', 'reportOutcome', 'cancelOrder', 'issuerOrder'])
    expect(total.get(`${operation} OK`), operation).toBeGreaterThan(0);
});
