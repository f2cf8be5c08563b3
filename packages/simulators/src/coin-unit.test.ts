import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'vitest';
import { type CoinUnitOptions, openCoinUnit } from './coin-unit.ts';
import { physicalTruth } from './physical-truth.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'coin-unit-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

async function ready(options?: CoinUnitOptions) {
  const unit = openCoinUnit(dir, options);
  await unit.claim();
  await unit.enable();
  return unit;
}

describe('coin unit', () => {
  test('takes nothing while no deposit is open', async () => {
    const unit = await ready();
    assert.equal(unit.insert(100), 'rejected');
    await unit.beginDeposit();
    assert.equal(unit.insert(100), 'taken');
    assert.equal(unit.insert(5), 'rejected');
    assert.equal(await unit.depositAmount(), 100);
  });

  test('gives the very pieces back that lie in escrow', async () => {
    const unit = await ready({ float: {} });
    await unit.beginDeposit();
    for (const yen of [1000, 500, 10]) unit.insert(yen);
    await unit.endDeposit({ repay: true });
    assert.deepEqual(await unit.totals(), {
      insertedYen: 1510,
      escrowYen: 0,
      returnedYen: 1510,
      clearedYen: 0,
      fixedYen: 0,
      dispensedYen: 0,
    });
  });

  test('fixes the escrow once and returns what was over', async () => {
    const unit = await ready();
    await unit.beginDeposit();
    unit.insert(500);
    await unit.fixDeposit();
    await unit.fixDeposit();
    await unit.endDeposit({ changeYen: 200 });
    const { escrowYen, fixedYen, dispensedYen } = await unit.totals();
    assert.deepEqual({ escrowYen, fixedYen, dispensedYen }, { escrowYen: 0, fixedYen: 500, dispensedYen: 200 });
    assert.equal(unit.insert(100), 'rejected');
  });

  test('pays nothing at all rather than a part when there is no change left', async () => {
    const unit = await ready({ float: { 500: 1 } });
    assert.equal(await unit.canDispense(300), false);
    await assert.rejects(unit.dispenseChange(300), /no-change/);
    assert.equal((await unit.totals()).dispensedYen, 0);
  });

  test('keeps notes and, with full tubes, coins out of the change', async () => {
    const unit = await ready({ float: {}, recycles: false });
    await unit.beginDeposit();
    for (const yen of [1000, 100, 100]) unit.insert(yen);
    await unit.fixDeposit();
    assert.equal(await unit.canDispense(100), false);
    assert.equal(await unit.status(), 'empty');
  });

  test('says how much came out before a jam, and works again once it is cleared', async () => {
    const unit = await ready({ jamAfterPieces: 2 });
    await assert.rejects(unit.dispenseChange(300), /jam/);
    assert.equal((await unit.totals()).dispensedYen, 200);
    assert.equal(await unit.status(), 'jam');
    await assert.rejects(unit.beginDeposit(), /jam/);
    unit.clearJam();
    assert.equal(await unit.status(), 'ok');
    await unit.dispenseChange(100);
    assert.equal((await unit.totals()).dispensedYen, 300);
  });

  test('keeps what was stuck in escrow when staff clear the jam: the next deposit begins at nothing', async () => {
    const unit = await ready({ jamAfterPieces: 1 });
    await unit.beginDeposit();
    for (const yen of [100, 50]) unit.insert(yen);
    await assert.rejects(unit.endDeposit({ repay: true }), /jam/);
    unit.clearJam();
    const { returnedYen, clearedYen, escrowYen, fixedYen } = await unit.totals();
    assert.deepEqual(
      { returnedYen, clearedYen, escrowYen, fixedYen },
      { returnedYen: 100, clearedYen: 50, escrowYen: 0, fixedYen: 0 },
    );
    assert.equal(unit.insert(100), 'rejected');
  });

  test('still holds the escrow when the folder is opened again after a kill', async () => {
    const killed = await ready();
    await killed.beginDeposit();
    killed.insert(100);
    appendFileSync(join(dir, 'coin-unit.jsonl'), '{"did":"inserted","ye');
    const unit = await ready();
    assert.equal(await unit.depositAmount(), 100);
    assert.equal(physicalTruth(dir).cash.insertedYen, 100);
  });

  test('refuses an agent that did not claim and enable it', async () => {
    const unit = openCoinUnit(dir);
    await assert.rejects(unit.enable(), /not-enabled/);
    await assert.rejects(unit.beginDeposit(), /not-enabled/);
  });
});
