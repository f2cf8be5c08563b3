/** A coin unit that is another one, or lost its memory: nothing is paid out by guess. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { physicalTruth } from '@machikado/simulators';
import { afterEach, test } from 'vitest';
import { FEE_YEN } from './testing/fake-center.ts';
import { createTestKiosk, type Machine, serve, type TestKiosk } from './testing/test-kiosk.ts';
import { lookAtMachine } from './use-cases/look-at-machine.ts';
import { recoverAfterRestart } from './use-cases/recover-after-restart.ts';

let kiosk: TestKiosk;
afterEach(() => rmSync(kiosk.dir, { recursive: true }));

/** Used before, so that its counters are ahead; dies right after the n-th time of this act. */
async function killedAfter(act: string, wishes: Parameters<typeof serve>[1] = {}): Promise<void> {
  kiosk = createTestKiosk();
  const first = await kiosk.powerOn();
  assert.equal((await serve(first, { payment: 'over' })).code, 'OK');
  await first.close();
  let isDead = false;
  const die = () => {
    if (isDead) throw new Error('dead');
  };
  const after = (done: string) => {
    isDead ||= done === act;
    die();
  };
  const dying = await kiosk.powerOn({ between: { before: die, after } });
  await serve(dying, wishes).catch(() => undefined);
  assert.ok(isDead);
  await dying.close();
}

test.each([
  ['coinUnit.beginDeposit', { payment: 'short' }],
  ['center.reportPayment', {}],
  ['coinUnit.fixDeposit', { payment: 'over' }],
  ['coinUnit.endDeposit', { payment: 'over' }],
] as const)('exchanged after %s: it gives nothing, the order stays open, and ① says so', async (act, wishes) => {
  await killedAfter(act, wishes);
  rmSync(join(kiosk.dir, 'coin-unit.jsonl'));
  const machine = await kiosk.powerOn();
  await assert.rejects(recoverAfterRestart(machine.ports), { code: 'COIN_UNIT_FAULT' });
  const { returnedYen, dispensedYen } = physicalTruth(kiosk.dir).cash;
  assert.deepEqual([returnedYen, dispensedYen], [0, 0]);
  assert.equal(machine.ports.journal.openOrders().length, 1);
  assert.deepEqual((await lookAtMachine(machine.ports)).faults, ['unsettled']);
  await machine.close();
});

test('exchanged between two uses: no use depends on the old counters', async () => {
  kiosk = createTestKiosk();
  const machine = await kiosk.powerOn();
  assert.equal((await serve(machine, { payment: 'over' })).code, 'OK');
  await machine.close();
  rmSync(join(kiosk.dir, 'coin-unit.jsonl'));
  const next = await kiosk.powerOn();
  assert.equal((await serve(next)).settlement?.chargedYen, FEE_YEN);
  await next.close();
});

test('coins that staff took out of a jam after they were counted: owed, and no certificate is printed for them', async () => {
  kiosk = createTestKiosk();
  let cleared = false;
  const machine: Machine = await kiosk.powerOn({
    between: {
      before(act) {
        if (act !== 'coinUnit.fixDeposit' || cleared) return;
        cleared = true;
        machine.front.coinUnit.jam();
        machine.front.coinUnit.clearJam();
      },
    },
  });
  const { code, settlement } = await serve(machine);
  assert.deepEqual([code, settlement?.chargedYen, settlement?.owedYen], ['COIN_UNIT_FAULT', 0, FEE_YEN]);
  assert.equal(physicalTruth(kiosk.dir).sheetsOut.size, 0);
  assert.deepEqual(kiosk.truths(), []);
});
