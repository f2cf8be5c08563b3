/** 無料の証明書: from ⑩ to ⑫ without ⑪. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { physicalTruth } from '@machikado/simulators';
import { afterEach, test } from 'vitest';
import { createScriptedResident } from '../pseudo-store/scripted-resident.ts';
import { createTestKiosk, script, serve, type TestKiosk } from '../testing/test-kiosk.ts';
import { recoverAfterRestart } from './recover-after-restart.ts';
import { serveResident } from './serve-resident.ts';

let kiosk: TestKiosk;
afterEach(() => rmSync(kiosk.dir, { recursive: true }));

test('asks for no money, touches no coin, and ends with ⑬ and a receipt of 0 yen', async () => {
  kiosk = createTestKiosk({ feeYen: 0 });
  const acts: string[] = [];
  const machine = await kiosk.powerOn({ between: { before: (act) => void acts.push(act) } });
  const seen: string[] = [];
  const resident = createScriptedResident(script(), machine.front, { onStep: (step) => void seen.push(step) });
  const { code, settlement } = await serveResident(resident, machine.ports);
  assert.deepEqual([code, settlement?.as, settlement?.chargedYen], ['OK', 'settled', 0]);
  assert.deepEqual(seen.slice(seen.indexOf('confirm')), ['confirm', 'print', 'take-paper', 'receipt']);
  assert.deepEqual(
    acts.filter((act) => act.startsWith('coinUnit.')),
    [],
  );
  assert.equal(physicalTruth(kiosk.dir).sheetsOut.size, 1);
  assert.match(readFileSync(join(kiosk.dir, 'receipts', '1.txt'), 'utf8'), /証明書交付手数料\n1通　0円/);
  assert.deepEqual(kiosk.truths(), []);
});

test('a jam: nothing is owed, and there is no slip', async () => {
  kiosk = createTestKiosk({ feeYen: 0 });
  const machine = await kiosk.powerOn({ printer: { faults: { 1: 'jam' } } });
  const { code, settlement } = await serve(machine);
  assert.deepEqual([code, settlement?.money, settlement?.owedYen], ['PRINTER_FAULT', 'none-taken', 0]);
  assert.ok(!existsSync(join(kiosk.dir, 'receipts', '1.txt')));
  assert.deepEqual(kiosk.truths(), []);
});

test.each(['center.reportPayment', 'journal.append', 'printer.submit', 'center.reportOutcome'])(
  'a power cut after %s is settled without a coin',
  async (last) => {
    kiosk = createTestKiosk({ feeYen: 0 });
    let isDead = false;
    let paid = false;
    const die = () => {
      if (isDead) throw new Error('dead');
    };
    const after = (act: string) => {
      die();
      paid ||= act === 'center.reportPayment';
      isDead = paid && act === last;
      die();
    };
    const dying = await kiosk.powerOn({ between: { before: die, after } });
    await serve(dying).catch(() => undefined);
    await dying.close();
    const machine = await kiosk.powerOn();
    await recoverAfterRestart(machine.ports);
    assert.deepEqual(kiosk.truths(), []);
    await machine.close();
  },
);
