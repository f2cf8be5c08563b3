/** The contract of the coin unit, kept by the simulator itself and at the end of a wire. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CoinUnitFront, type CoinUnitOptions, openCoinUnit, serveCoinUnit } from '@machikado/simulators';
import { afterEach, beforeEach, describe, test } from 'vitest';
import type { CoinUnit } from '../ports.ts';
import { wiredCoinUnit } from './wired-coin-unit.ts';

interface Opened {
  readonly unit: CoinUnit;
  readonly front: CoinUnitFront;
  close(): Promise<void>;
}

async function inProcess(dir: string, options: CoinUnitOptions): Promise<Opened> {
  const unit = openCoinUnit(dir, options);
  await unit.claim();
  await unit.enable();
  return { unit, front: unit, close: () => unit.release() };
}

async function wired(dir: string, options: CoinUnitOptions): Promise<Opened> {
  const front = openCoinUnit(dir, options);
  const device = await serveCoinUnit(front, { port: 0 });
  const unit = wiredCoinUnit({ port: device.port });
  return {
    unit,
    front,
    async close() {
      unit.close();
      await device.close();
    },
  };
}

describe.each([
  ['in process', inProcess],
  ['at its wire', wired],
])('coin unit %s', (_, open) => {
  const dir = mkdtempSync(join(tmpdir(), 'coin-unit-contract-'));
  const never = new AbortController().signal;
  let opened: Opened | undefined;
  const machine = async (options: CoinUnitOptions = {}) => {
    opened = await open(dir, options);
    return opened;
  };
  beforeEach(() => rmSync(dir, { recursive: true, force: true }));
  afterEach(async () => {
    await opened?.close();
    rmSync(dir, { recursive: true, force: true });
  });

  test('takes notes and coins while a deposit is open, and says why it gives others back', async () => {
    const { unit, front } = await machine();
    assert.equal(front.whyRejected(100), 'inlet-closed');
    await unit.beginDeposit();
    for (const yen of [1000, 500, 100, 50, 10]) assert.equal(front.insert(yen), 'taken');
    for (const yen of [10_000, 5000, 2000, 5, 1]) {
      assert.equal(front.whyRejected(yen), 'not-accepted');
      assert.equal(front.insert(yen), 'rejected');
    }
    assert.equal(await unit.depositAmount(), 1660);
  });

  test('gives the escrow back, once, and without harm when nothing is open', async () => {
    const { unit, front } = await machine({ float: {} });
    await unit.beginDeposit();
    front.insert(500);
    await unit.endDeposit({ repay: true });
    await unit.endDeposit({ repay: true });
    const { insertedYen, returnedYen, fixedYen } = await unit.totals();
    assert.deepEqual({ insertedYen, returnedYen, fixedYen }, { insertedYen: 500, returnedYen: 500, fixedYen: 0 });
    assert.equal(front.insert(100), 'rejected');
  });

  test('fixes the deposit once, gives change, pays a refund', async () => {
    const { unit, front } = await machine();
    await unit.beginDeposit();
    front.insert(1000);
    await unit.fixDeposit();
    await unit.fixDeposit();
    await unit.endDeposit({ changeYen: 800 });
    await unit.dispenseChange(200);
    const { fixedYen, dispensedYen } = await unit.totals();
    assert.deepEqual({ fixedYen, dispensedYen }, { fixedYen: 1000, dispensedYen: 1000 });
  });

  test('pays all or nothing when change runs out, and says beforehand that it cannot', async () => {
    const { unit, front } = await machine();
    assert.equal(await unit.canDispense(300), true);
    front.set({ outOfChange: true });
    assert.equal(await unit.canDispense(300), false);
    assert.equal(await unit.status(), 'empty');
    await assert.rejects(unit.dispenseChange(300), /no-change/);
    assert.equal((await unit.totals()).dispensedYen, 0);
    front.set({ outOfChange: false });
    await unit.dispenseChange(300);
  });

  test('with full tubes pays nothing out of what was put in; staff fill the tubes up', async () => {
    const { unit, front } = await machine({ float: { 100: 1 } });
    front.set({ recycles: false });
    await unit.beginDeposit();
    front.insert(100);
    await unit.fixDeposit();
    await unit.endDeposit({ changeYen: 0 });
    await unit.dispenseChange(100);
    assert.equal(await unit.canDispense(100), false);
    front.refill();
    assert.equal(await unit.canDispense(100), true);
  });

  test('jams at the piece it is told to, says by its counters how far it came, works again once cleared', async () => {
    const { unit, front } = await machine();
    front.set({ jamAfterPieces: 2 });
    await assert.rejects(unit.dispenseChange(300), /jam/);
    assert.equal((await unit.totals()).dispensedYen, 200);
    assert.equal(await unit.status(), 'jam');
    await assert.rejects(unit.beginDeposit(), /jam/);
    front.clearJam();
    await unit.dispenseChange(300);
    assert.equal((await unit.totals()).dispensedYen, 500);
  });

  test('wakes whoever waits when money falls in, when something jams, and at once when it fell in before', async () => {
    const { unit, front } = await machine();
    await unit.beginDeposit();
    const coin = unit.waitForChange(0, never);
    front.insert(100);
    await coin;
    await unit.waitForChange(0, never);
    const jam = unit.waitForChange(100, never);
    await unit.depositAmount();
    front.jam();
    await jam;
    assert.equal(front.whyRejected(100), 'jam');
    await assert.rejects(unit.waitForChange(100, never), /jam/);
  });

  test('whoever stops waiting hears his own reason, and the unit goes on', async () => {
    const { unit, front } = await machine();
    await unit.beginDeposit();
    const leaving = new AbortController();
    const waiting = unit.waitForChange(0, leaving.signal);
    const heard = assert.rejects(waiting, /walked away/);
    leaving.abort(new Error('walked away'));
    await heard;
    await assert.rejects(unit.waitForChange(0, leaving.signal), /walked away/);
    assert.equal(front.insert(100), 'taken');
    assert.equal(await unit.depositAmount(), 100);
  });
});
