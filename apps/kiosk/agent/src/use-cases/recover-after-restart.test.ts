import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type LateEnd, orderReferenceOf, refuse } from '@machikado/protocol';
import { physicalTruth } from '@machikado/simulators';
import { describe, test } from 'vitest';
import type { Interposer } from '../interpose.ts';
import { note } from '../note.ts';
import type { Ports } from '../ports.ts';
import type { FakeCenterOptions } from '../testing/fake-center.ts';
import { afterPowerCut, createTestKiosk, type MachineOptions, serve, type TestKiosk } from '../testing/test-kiosk.ts';
import { recoverAfterRestart } from './recover-after-restart.ts';

class Killed extends Error {}

/** Dies right after its n-th act: from then on nothing it asks of anybody happens. */
function killAfter(n: number): Interposer & { readonly acts: string[] } {
  const acts: string[] = [];
  return {
    acts,
    before() {
      if (acts.length >= n) throw new Killed();
    },
    after(act) {
      acts.push(act);
      if (acts.length >= n) throw new Killed();
    },
  };
}

interface Case {
  readonly center?: Partial<FakeCenterOptions>;
  readonly machine?: MachineOptions;
  readonly script?: Parameters<typeof serve>[1];
}

async function killedAt(n: number, { center, machine, script }: Case): Promise<{ kiosk: TestKiosk; acts: string[] }> {
  const kiosk = createTestKiosk(center);
  const between = killAfter(n);
  const dying = await kiosk.powerOn({ ...machine, between });
  await serve(dying, script).catch(() => undefined);
  // Staff clear a jam before the kiosk comes back, or find it only then.
  if (n % 2 !== 0) dying.front.coinUnit.clearJam();
  await dying.close();
  return { kiosk, acts: between.acts };
}

async function actsOf(one: Case): Promise<number> {
  const { kiosk, acts } = await killedAt(Number.POSITIVE_INFINITY, one);
  assert.deepEqual(kiosk.truths(), []);
  rmSync(kiosk.dir, { recursive: true });
  return acts.length;
}

async function servesTheNext(kiosk: TestKiosk, where: string, printer: MachineOptions['printer'] = {}): Promise<void> {
  const machine = await afterPowerCut(kiosk, { printer });
  assert.deepEqual(kiosk.truths(), [], where);
  assert.equal((await serve(machine, { scope: 'self' })).code, 'OK', where);
  assert.deepEqual(kiosk.truths(), [], where);
  await machine.close();
  rmSync(kiosk.dir, { recursive: true });
}

const cases: readonly (readonly [string, Case])[] = [
  [
    'a good use of two copies of two sheets with change',
    { center: { sheets: 2 }, script: { copies: 2, payment: 'over' } },
  ],
  ['a jam at the second sheet', { machine: { printer: { faults: { 2: 'jam' } } }, script: { copies: 2 } }],
  [
    'a refund without change',
    { machine: { printer: { faults: { 1: 'jam' } }, coinUnit: { outOfChange: true } }, script: {} },
  ],
  ['wrong names on the paper', { center: { alter: { names: (names) => (names.length > 1 ? ['別人'] : names) } } }],
  [
    'a deposit that goes back for want of change, and exact money after it',
    { machine: { coinUnit: { float: {} } }, script: { payment: 'over' } },
  ],
  [
    'a jam while a deposit goes back for want of change',
    { machine: { coinUnit: { float: {}, jamAfterPieces: 1 } }, script: { copies: 4, payment: 'over' } },
  ],
  ['too little money', { script: { payment: 'short' } }],
  ['a jam while the deposit goes back', { machine: { coinUnit: { jamAfterPieces: 1 } }, script: { payment: 'short' } }],
];

describe('a kill after every act', () => {
  for (const unfinished of ['goes-on', 'aborted'] as const)
    test.each(cases)(
      `of %s: the three truths agree, an unfinished job ${unfinished}`,
      async (_, one) => {
        const acts = await actsOf(one);
        assert.ok(acts > 15);
        for (let n = 1; n <= acts; n += 1) {
          const killed = await killedAt(n, one);
          await servesTheNext(killed.kiosk, `killed after ${n}: ${killed.acts.at(-1)}`, { unfinished });
        }
      },
      120_000,
    );

  test('of the recovery itself: whoever recovers last finds the same', async () => {
    const [, good] = cases[1] ?? assert.fail();
    const acts = await actsOf(good);
    for (let n = Math.floor(acts / 2); n <= acts; n += 3)
      for (let m = 1; m <= 12; m += 1) {
        const { kiosk } = await killedAt(n, good);
        const dying = await kiosk.powerOn({ between: killAfter(m) });
        await recoverAfterRestart(dying.ports).catch(() => undefined);
        await dying.close();
        await servesTheNext(kiosk, `killed after ${n}, again after ${m}`);
      }
  }, 120_000);
});

describe('recovery', () => {
  test('settles every order that can be settled, whatever becomes of the others', async () => {
    const kiosk = createTestKiosk();
    const asked: string[] = [];
    const { ports, close } = await kiosk.powerOn();
    for (const orderId of ['a1', 'b2']) await note(orderId, { event: 'order-intended', feeYen: 300 }, ports);
    const cancelOrder: Ports['center']['cancelOrder'] = (orderId) => {
      asked.push(orderId);
      return orderId === 'a1' ? refuse('PEER_NOT_ALLOWED', 'as the test asked') : refuse('ORDER_UNKNOWN', 'never came');
    };
    const failing = { ...ports, center: { ...ports.center, cancelOrder } };
    await assert.rejects(recoverAfterRestart(failing), { code: 'PEER_NOT_ALLOWED' });
    assert.deepEqual(asked, ['a1', 'b2']);
    assert.deepEqual(ports.journal.openOrders(), ['a1']);
    assert.deepEqual(await recoverAfterRestart(ports), ['a1']);
    await close();
    rmSync(kiosk.dir, { recursive: true });
  });

  describe('tells what became of a use', () => {
    const endsOf = async (kiosk: TestKiosk, options: MachineOptions = {}) => {
      const machine = await kiosk.powerOn(options);
      const ends: LateEnd[] = [];
      await recoverAfterRestart(machine.ports, (end) => ends.push(end)).catch(() => undefined);
      await machine.close();
      return ends;
    };
    const receipts = ({ dir }: TestKiosk) =>
      readdirSync(join(dir, 'receipts')).map((name) => readFileSync(join(dir, 'receipts', name), 'utf8'));
    const killedAfter = async (act: string, one: Case) => {
      for (let n = await actsOf(one); n > 0; n -= 1) {
        const killed = await killedAt(n, one);
        if (killed.acts.at(-1) === act) return killed.kiosk;
        rmSync(killed.kiosk.dir, { recursive: true });
      }
      throw new Error(`no ${act}`);
    };

    test('that died with a deposit: the yen and the reference, and no slip', async () => {
      const kiosk = await killedAfter('center.reportPayment', { script: {} });
      const [end, ...more] = await endsOf(kiosk);
      const [{ orderId = '' } = {}] = kiosk.center.ledger();
      assert.deepEqual(more, []);
      assert.deepEqual(end, {
        ...{ reference: orderReferenceOf(orderId), cameBackYen: 300, owedYen: 0, slip: false, paperInside: false },
      });
      assert.deepEqual(await endsOf(kiosk), []);
      rmSync(kiosk.dir, { recursive: true });
    });

    test('whose refund sticks: what is owed, with a slip to ask for it by', async () => {
      const kiosk = await killedAfter('coinUnit.fixDeposit', { script: {} });
      const [end] = await endsOf(kiosk, { coinUnit: { outOfChange: true } });
      const { owedYen, cameBackYen, slip } = end ?? assert.fail();
      assert.deepEqual({ owedYen, cameBackYen, slip }, { owedYen: 300, cameBackYen: 0, slip: true });
      assert.match(receipts(kiosk).join(''), new RegExp(`未返金のお知らせ[^]*未返金　300円[^]*${end?.reference}`));
      rmSync(kiosk.dir, { recursive: true });
    });

    test('whose paper came out meanwhile: the 領収書, though nobody knows whose fee it was', async () => {
      const kiosk = await killedAfter('printer.submit', { script: {} });
      const [end] = await endsOf(kiosk);
      assert.deepEqual([end?.charged, end?.slip], [{ yen: 300, copies: 1 }, true]);
      assert.match(receipts(kiosk).join(''), /領収書\n[^\n]+\n証明書交付手数料\n1通　300円\n照会番号/);
      rmSync(kiosk.dir, { recursive: true });
    });

    test('nothing of one that took neither money nor paper', async () => {
      const kiosk = await killedAfter('center.placeOrder', { script: {} });
      assert.deepEqual(await endsOf(kiosk), []);
      rmSync(kiosk.dir, { recursive: true });
    });

    test('once, however often the center has to be asked', async () => {
      const kiosk = await killedAfter('center.reportPayment', { script: {} });
      const away = async () => refuse('MUNICIPALITY_UNAVAILABLE', 'as the test asked');
      const ports = { center: { ...kiosk.center, cancelOrder: away, reportOutcome: away } };
      assert.equal((await endsOf(kiosk, { ports })).length, 1);
      assert.deepEqual(await endsOf(kiosk, { ports }), []);
      assert.deepEqual(await endsOf(kiosk), []);
      assert.deepEqual(kiosk.truths(), []);
      rmSync(kiosk.dir, { recursive: true });
    });

    test('not of one whose resident was told, when only the center had to hear of it', async () => {
      const away = async () => refuse('MUNICIPALITY_UNAVAILABLE', 'as the test asked');
      const kiosk = createTestKiosk();
      const machine = await kiosk.powerOn({ ports: { center: { ...kiosk.center, reportOutcome: away } } });
      assert.notEqual((await serve(machine)).settlement?.as, 'settled');
      await machine.close();
      assert.deepEqual(await endsOf(kiosk), []);
      assert.deepEqual(kiosk.truths(), []);
      rmSync(kiosk.dir, { recursive: true });
    });
  });

  test('refunds nothing before the job that outlived the agent is over', async () => {
    const one = { script: {} };
    const acts = await actsOf(one);
    let sawLivingJob = false;
    for (let n = 1; n <= acts; n += 1) {
      const { kiosk, acts: done } = await killedAt(n, one);
      if (done.at(-1) === 'printer.submit') {
        sawLivingJob = true;
        const order: string[] = [];
        const machine = await kiosk.powerOn({ between: { after: (act) => void order.push(act) } });
        assert.equal(physicalTruth(kiosk.dir).jobsActive, 1);
        await recoverAfterRestart(machine.ports);
        assert.ok(order.lastIndexOf('printer.job') < order.indexOf('center.reportOutcome'));
        assert.equal(physicalTruth(kiosk.dir).sheetsOut.size, 1);
        assert.equal(kiosk.center.ledger()[0]?.copies[0]?.outcome, 'output');
        await machine.close();
      }
      rmSync(kiosk.dir, { recursive: true });
    }
    assert.ok(sawLivingJob);
  });
});
