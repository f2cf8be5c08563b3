import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type LateEnd, orderReferenceOf, refuse } from '@machikado/protocol';
import { physicalTruth } from '@machikado/simulators';
import { afterEach, describe, test } from 'vitest';
import { readFileJournal } from '../adapters/file-journal.ts';
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
    type Told = readonly [end: LateEnd, mayStandThere: boolean];
    const endsOf = async (kiosk: TestKiosk, options: MachineOptions = {}) => {
      const machine = await kiosk.powerOn(options);
      const ends: Told[] = [];
      await recoverAfterRestart(machine.ports, (...told) => ends.push(told)).catch(() => undefined);
      await machine.close();
      return ends;
    };
    const receipts = ({ dir }: TestKiosk) =>
      readdirSync(join(dir, 'receipts')).map((name) => readFileSync(join(dir, 'receipts', name), 'utf8'));
    const away = async () => refuse('MUNICIPALITY_UNAVAILABLE', 'as the test asked');
    const kiosks: TestKiosk[] = [];
    afterEach(() => {
      for (const { dir } of kiosks.splice(0)) rmSync(dir, { recursive: true });
    });
    const newKiosk = (center?: Case['center']) => {
      const kiosk = createTestKiosk(center);
      kiosks.push(kiosk);
      return kiosk;
    };
    /** Dies when this was done, or stands in the journal, for the n-th time. */
    const killedAfterThe = async (what: string, { center, machine, script }: Case = {}, times = 1) => {
      const kiosk = newKiosk(center);
      const acts: string[] = [];
      const seen = () => [...acts, ...readFileJournal(kiosk.dir).map(({ event }) => event)];
      const isDead = () => seen().filter((one) => one === what).length >= times;
      const between: Interposer = {
        before() {
          if (isDead()) throw new Killed();
        },
        after(act) {
          acts.push(act);
          if (isDead()) throw new Killed();
        },
      };
      const dying = await kiosk.powerOn({ ...machine, between });
      await serve(dying, script).catch(() => undefined);
      assert.ok(isDead());
      await dying.close();
      return kiosk;
    };

    test('that died with a deposit: the yen and the reference, and no slip', async () => {
      const kiosk = await killedAfterThe('payment-taken');
      const reference = orderReferenceOf(kiosk.center.ledger()[0]?.orderId ?? '');
      assert.deepEqual(await endsOf(kiosk), [
        [{ reference, cameBackYen: 300, owedYen: 0, slip: false, paperInside: false }, true],
      ]);
      assert.deepEqual(await endsOf(kiosk), []);
    });

    test('only of what came out now: neither what was sent back at ⑪ nor change that may be taken', async () => {
      const script = { payment: 'over' } as const;
      const sentBack = await killedAfterThe('payment-taken', { machine: { coinUnit: { float: {} } }, script });
      assert.equal((await endsOf(sentBack))[0]?.[0].cameBackYen, 300);
      const two = { machine: { printer: { faults: { 2: 'abort' } } }, script: { ...script, copies: 2 } } as const;
      const [[end] = []] = await endsOf(await killedAfterThe('sheet-ended', two));
      assert.deepEqual([end?.cameBackYen, end?.charged], [300, { yen: 300, copies: 1 }]);
    });

    test('whose refund sticks: what is owed, with a slip to ask for it by', async () => {
      const kiosk = await killedAfterThe('deposit-fixed');
      const [[end] = []] = await endsOf(kiosk, { coinUnit: { outOfChange: true } });
      const { owedYen, cameBackYen, slip, reference } = end ?? assert.fail();
      assert.deepEqual({ owedYen, cameBackYen, slip }, { owedYen: 300, cameBackYen: 0, slip: true });
      assert.match(receipts(kiosk).join(''), new RegExp(`未返金のお知らせ[^]*未返金　300円[^]*${reference}`));
    });

    test('that was settled and died before it could say so', async () => {
      const machine = { printer: { faults: { 1: 'jam' } }, coinUnit: { outOfChange: true } } as const;
      const kiosk = await killedAfterThe('wiped', { machine });
      const [[end] = []] = await endsOf(kiosk, { coinUnit: { outOfChange: true } });
      assert.deepEqual([end?.owedYen, end?.slip, receipts(kiosk).length], [300, true, 1]);
    });

    test('whose paper came out meanwhile: the 領収書, though nobody knows whose fee it was', async () => {
      const kiosk = await killedAfterThe('printer.submit');
      const [[end] = []] = await endsOf(kiosk);
      assert.deepEqual([end?.charged, end?.slip], [{ yen: 300, copies: 1 }, true]);
      assert.match(receipts(kiosk).join(''), /領収書\n[^\n]+\n証明書交付手数料\n1通　300円\n照会番号/);
    });

    test('that could not be settled at its end, when the printer is back', async () => {
      const kiosk = newKiosk();
      const between: Interposer = {
        before(act) {
          if (act === 'printer.job') throw new Error('away');
        },
      };
      const machine = await kiosk.powerOn({ between });
      assert.equal((await serve(machine)).settlement, undefined);
      await machine.close();
      const [[end] = []] = await endsOf(kiosk);
      assert.deepEqual([end?.charged, end?.slip], [{ yen: 300, copies: 1 }, true]);
    });

    test('of which a sheet may be stuck', async () => {
      const [[end] = []] = await endsOf(await killedAfterThe('printer.submit'), { printer: { unfinished: 'aborted' } });
      assert.deepEqual([end?.paperInside, end?.cameBackYen], [true, 300]);
      const free = await killedAfterThe('printer.submit', { center: { feeYen: 0 } });
      assert.equal((await endsOf(free, { printer: { unfinished: 'aborted' } }))[0]?.[0].paperInside, true);
    });

    test('nothing of one that took neither money nor paper', async () => {
      assert.deepEqual(await endsOf(await killedAfterThe('order-sealed')), []);
    });

    test('once, however often the center has to be asked', async () => {
      const kiosk = await killedAfterThe('payment-taken');
      const ports = { center: { ...kiosk.center, cancelOrder: away, reportOutcome: away } };
      assert.equal((await endsOf(kiosk, { ports })).length, 1);
      assert.deepEqual(await endsOf(kiosk, { ports }), []);
      assert.deepEqual(await endsOf(kiosk), []);
      assert.deepEqual(kiosk.truths(), []);
    });

    test('not of one whose resident was told, when only the center had to hear of it', async () => {
      const kiosk = newKiosk();
      const machine = await kiosk.powerOn({ ports: { center: { ...kiosk.center, reportOutcome: away } } });
      assert.notEqual((await serve(machine)).settlement?.as, 'settled');
      await machine.close();
      assert.deepEqual(await endsOf(kiosk), []);
      assert.equal(receipts(kiosk).length, 1);
      assert.deepEqual(kiosk.truths(), []);
    });

    test('long after: only that money lies there, and no slip for whoever comes by', async () => {
      const later = (kiosk: TestKiosk) => {
        const at = Date.parse(readFileJournal(kiosk.dir).at(-1)?.at ?? '') + 11 * 60_000;
        return { clock: { now: () => new Date(at), sleep: async () => {} } };
      };
      const repaid = await killedAfterThe('deposit-fixed');
      const [told] = await endsOf(repaid, { ports: later(repaid) });
      assert.deepEqual([told?.[0].cameBackYen, told?.[1]], [300, false]);
      const owing = await killedAfterThe('deposit-fixed');
      const [[end] = []] = await endsOf(owing, { ports: later(owing), coinUnit: { outOfChange: true } });
      assert.deepEqual([end?.owedYen, end?.slip, receipts(owing)], [300, false, []]);
    });

    test('by no slip and no word while the journal cannot take that it was told', async () => {
      const kiosk = await killedAfterThe('deposit-fixed');
      const { ports, close } = await kiosk.powerOn({ coinUnit: { outOfChange: true } });
      const append: Ports['journal']['append'] = async (entry) => {
        if (entry.event === 'told') throw new Error('the disk is full');
        return ports.journal.append(entry);
      };
      const full = { ...ports, journal: { ...ports.journal, append } };
      for (let looks = 0; looks < 3; looks += 1)
        await assert.rejects(
          recoverAfterRestart(full, () => assert.fail('told')),
          /the disk is full/,
        );
      assert.deepEqual(receipts(kiosk), []);
      await close();
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
