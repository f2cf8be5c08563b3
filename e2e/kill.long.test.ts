/** kill -9 of everybody at every step of several kinds of use: the whole table, in an order that the seed draws. */

import { digestOf } from '@machikado/pki';
import { CARD_PIN } from '@machikado/town';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Wish } from './kill/machine.ts';
import { record } from './kill/play-row.ts';
import { playTable } from './kill/play-table.ts';
import { killTable, nameOf, type Row } from './kill/steps.ts';
import { openTheatre, type Theatre } from './kill/theatre.ts';
import { countChainedEntries } from './kill/verify-chain.ts';

const seed = process.env.MACHIKADO_SEED ?? String(Date.now());
const shuffled = (rows: readonly Row[]) => {
  const placeOf = (row: Row) => digestOf(`${seed} ${nameOf(row)}`);
  return rows.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
};

const wishes: readonly (readonly [string, Wish])[] = [
  ['two copies with change', { pin: CARD_PIN, copies: 2, payment: 'over' }],
  ['too little money', { pin: CARD_PIN, copies: 1, payment: 'short' }],
];

let theatre: Theatre;
beforeAll(async () => {
  console.log(`kill -9: MACHIKADO_SEED=${seed}`);
  theatre = await openTheatre(wishes.flatMap((_, i) => [`kiosk-${i}-a`, `kiosk-${i}-b`]));
}, 120_000);
afterAll(() => theatre?.close(), 60_000);

describe('kill -9 at every step', () => {
  for (const [i, [name, wish]] of wishes.entries())
    test(`of a use with ${name}`, async () => {
      const serving = theatre.stageOf(`kiosk-${i}-a`, wish);
      const rows = killTable(await record(serving));
      console.log(`${rows.length} rows`);
      expect(rows.length).toBeGreaterThan(80);
      expect(await playTable(shuffled(rows), { serving, dying: theatre.stageOf(`kiosk-${i}-b`, wish) })).toEqual([]);
    });

  test('leaves the 交付記録 an unbroken chain', async () => {
    expect(await countChainedEntries(theatre.town)).toBeGreaterThan(200);
  });
});
