/** kill -9 of everybody, in the form of every day; e2e/kill.long.test.ts plays the whole table. */

import { CARD_PIN } from '@machikado/town';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { killAllAtOnce, letTimePass, readEnd, waitingStates } from './kill/abandon.ts';
import { findFaults } from './kill/books.ts';
import { assertServed, checkBooks, NEXT_PERSON, record, startKioskOf } from './kill/play-row.ts';
import { playTable } from './kill/play-table.ts';
import { killTable, shortTable } from './kill/steps.ts';
import { openTheatre, type Theatre } from './kill/theatre.ts';
import { countChainedEntries } from './kill/verify-chain.ts';

const wish = { pin: CARD_PIN, copies: 2, payment: 'over' } as const;
const abandoned = waitingStates.map((state) => ({ state, kioskId: `kiosk-${state}` }));

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre(['kiosk-1', 'kiosk-2', ...abandoned.map(({ kioskId }) => kioskId)]);
}, 120_000);
afterAll(() => theatre?.close(), 60_000);

describe('kill -9', () => {
  test('of kiosk, center, issuing server and PostgreSQL: the truths agree, and the next person is served', async () => {
    const serving = theatre.stageOf('kiosk-1', wish);
    const rows = shortTable(killTable(await record(serving)));
    expect(new Set(rows.map(({ kill }) => kill))).toEqual(new Set(['kiosk', 'center', 'issuer', 'postgres']));
    expect(await playTable(rows, { serving, dying: theatre.stageOf('kiosk-2', wish) })).toEqual([]);
  }, 300_000);

  test('of a kiosk that nobody starts again: the center ends what is unpaid, and keeps in suspense what is paid', async () => {
    const { town } = theatre;
    await killAllAtOnce(abandoned, town, wish);
    await town.machines.center.revive();
    await letTimePass(town, abandoned);
    const ends = await Promise.all(
      abandoned.map(async ({ state, kioskId }) => [state, await readEnd(town, kioskId)] as const),
    );
    expect(Object.fromEntries(ends)).toEqual({
      requested: { state: 'failed', notices: [], shares: 0 },
      sealed: { state: 'cancelled', notices: [], shares: 0 },
      // The shares lie ready for a kiosk that may come back.
      paid: { state: 'paid', notices: ['outcome-overdue'], shares: 2 },
    });
    for (const { kioskId } of abandoned) {
      const late = startKioskOf(town, kioskId);
      expect(await late.recover()).toHaveLength(1);
      await checkBooks({ town, kioskId });
      assertServed(await late.serve(NEXT_PERSON));
      await late.end();
      await checkBooks({ town, kioskId });
    }
  }, 120_000);

  test('is judged by eyes that see one yen, one copy or one issue number out of place', async () => {
    const { town } = theatre;
    const { centerDb, issuerDb, lgCode } = town;
    const look = () => findFaults(town, 'kiosk-1');
    const spoilt = async (spoil: string, mend: string, db = centerDb) => {
      expect(await db.run(spoil)).toBe(1);
      const faults = await look();
      expect(await db.run(mend)).toBe(1);
      return faults.length;
    };
    const { orderId, number } = await centerDb.one<{ orderId: string; number: string }>(
      `select order_id as "orderId", issue_number as number from orders join order_copies using (order_id)
       where kiosk_id = 'kiosk-1' and order_copies.state = 'output' limit 1`,
    );
    const yen = (by: string) =>
      `update ledger_transfers set amount_yen = amount_yen ${by} where kind = 'payment' and order_id = '${orderId}'`;
    const state = (to: string) => `update order_copies set state = '${to}' where issue_number = '${number}'`;
    const told = (to: string) => `update m${lgCode}.issue_number set state = '${to}' where issue_number = '${number}'`;
    expect(await spoilt(yen('+ 1'), yen('- 1'))).toBeGreaterThan(0);
    expect(await spoilt(state('uncertain'), state('output'))).toBeGreaterThan(0);
    expect(await spoilt(told('issued'), told('handed-over'), issuerDb)).toBeGreaterThan(0);
    expect(await look()).toEqual([]);
  });

  test('leaves the 交付記録 an unbroken chain', async () => {
    expect(await countChainedEntries(theatre.town)).toBeGreaterThan(10);
  });
});
