import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCoinUnit } from '@machikado/simulators';
import { test } from 'vitest';
import { openCoinSlot } from './coin-slot.ts';

async function machine() {
  const unit = openCoinUnit(mkdtempSync(join(tmpdir(), 'coin-slot-')));
  await unit.claim();
  await unit.enable();
  return { unit, slot: openCoinSlot(unit, () => {}) };
}

test('the very coins come back into the dish, one by one, and can be taken', async () => {
  const { unit, slot } = await machine();
  await unit.beginDeposit();
  for (const yen of [500, 10]) slot.insert(yen);
  assert.equal(slot.view().escrowYen, 510);
  await unit.endDeposit({ repay: true });
  assert.deepEqual(slot.view(), { ...slot.view(), dish: [500, 10], escrowYen: 0, inletOpen: false });
  slot.takeCoins();
  assert.deepEqual(slot.view().dish, []);
});

test('a coin in a shut slot falls into the dish, and so does one that is not taken', async () => {
  const { unit, slot } = await machine();
  slot.insert(100);
  await unit.beginDeposit();
  slot.insert(5);
  assert.deepEqual(slot.view().dish, [100, 5]);
  assert.equal(slot.view().escrowYen, 0);
});

test('a jam and the want of change are what the agent meets', async () => {
  const { unit, slot } = await machine();
  slot.runOutOfChange(true);
  assert.equal(await unit.canDispense(100), false);
  slot.runOutOfChange(false);
  assert.equal(await unit.canDispense(100), true);
  slot.jam(true);
  assert.equal(slot.view().jammed, true);
  await assert.rejects(unit.beginDeposit(), /jam/);
  slot.jam(false);
  assert.equal(await unit.status(), 'ok');
});
