import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { certificateKinds, ProtocolError } from '@machikado/protocol';
import { physicalTruth } from '@machikado/simulators';
import { afterEach, describe, test } from 'vitest';
import { Cancelled, KioskFault } from '../kiosk-fault.ts';
import { LostReply, type Ports } from '../ports.ts';
import { cancelSteps, createScriptedResident } from '../pseudo-store/scripted-resident.ts';
import type { Bill, EarlyEnd, Resident } from '../resident.ts';
import { type FakeCenterOptions, FEE_YEN } from '../testing/fake-center.ts';
import { household, kosekiRefs, personRefs } from '../testing/fake-offers.ts';
import { PIN } from '../testing/test-card.ts';
import {
  afterPowerCut,
  createTestKiosk,
  listeningCard,
  type Machine,
  type MachineOptions,
  script,
  serve,
  type TestKiosk,
} from '../testing/test-kiosk.ts';
import { serveResident } from './serve-resident.ts';

const kiosks: TestKiosk[] = [];
afterEach(() => {
  for (const { dir } of kiosks.splice(0)) rmSync(dir, { recursive: true });
});
function kioskWith(options: Partial<FakeCenterOptions> = {}): TestKiosk {
  const kiosk = createTestKiosk(options);
  kiosks.push(kiosk);
  return kiosk;
}
const cash = ({ dir }: TestKiosk) => physicalTruth(dir).cash;
const keptYen = (kiosk: TestKiosk) => {
  const { insertedYen, returnedYen, dispensedYen } = cash(kiosk);
  return insertedYen - returnedYen - dispensedYen;
};
const sheetsOut = ({ dir }: TestKiosk) => physicalTruth(dir).sheetsOut.size;

/** Every fault must leave a kiosk that serves the next person. */
async function nextIsServed(kiosk: TestKiosk, options: MachineOptions = {}) {
  assert.deepEqual(kiosk.truths(), []);
  const machine = await kiosk.powerOn(options);
  const before = keptYen(kiosk);
  assert.equal((await serve(machine)).code, 'OK');
  assert.equal(keptYen(kiosk) - before, FEE_YEN);
  assert.deepEqual(kiosk.truths(), []);
  await machine.close();
}

describe('one use', () => {
  test('prints every sheet of every copy, takes the fee, gives change and a receipt', async () => {
    const kiosk = kioskWith({ sheets: 2 });
    const machine = await kiosk.powerOn();
    const { code, settlement } = await serve(machine, { copies: 2, payment: 'over' });
    assert.equal(code, 'OK');
    assert.equal(settlement?.chargedYen, 2 * FEE_YEN);
    assert.equal(keptYen(kiosk), 2 * FEE_YEN);
    assert.equal(readdirSync(join(kiosk.dir, 'out')).length, 4);
    assert.match(readFileSync(join(kiosk.dir, 'receipts', '1.txt'), 'utf8'), /300円 × 2通　600円/);
    await nextIsServed(kiosk);
  });

  test.each(cancelSteps)('charges nothing and leaves nothing when cancelled at %s', async (cancelAt) => {
    const kiosk = kioskWith();
    const machine = await kiosk.powerOn();
    assert.equal((await serve(machine, { cancelAt })).code, 'CANCELLED');
    assert.equal(keptYen(kiosk), 0);
    assert.equal(sheetsOut(kiosk), 0);
    await nextIsServed(kiosk);
  });

  test.each(['short', 'none', 'cancel-after'] as const)(
    'gives the money back when the resident pays %s',
    async (payment) => {
      const kiosk = kioskWith();
      const machine = await kiosk.powerOn();
      assert.equal((await serve(machine, { payment })).code, 'CANCELLED');
      assert.equal(keptYen(kiosk), 0);
      await nextIsServed(kiosk);
    },
  );

  test('asks for the PIN again, and stops when the card is locked', async () => {
    const kiosk = kioskWith();
    assert.equal((await serve(await kiosk.powerOn(), { wrongPins: 2 })).code, 'OK');
    assert.equal((await serve(await kiosk.powerOn(), { wrongPins: 3 })).code, 'CARD_LOCKED');
    await nextIsServed(kiosk);
  });

  test('starts no use while paper of another lies in the tray', async () => {
    const kiosk = kioskWith();
    const machine = await kiosk.powerOn();
    await machine.ports.printer.submit({ name: 'x', document: new Uint8Array(), pages: [1, 1], duplex: true });
    assert.equal((await serve(machine)).code, 'KIOSK_NOT_READY');
    assert.deepEqual(kiosk.center.heard, []);
  });

  test('returns a deposit for which there is no change, and takes exact money after it', async () => {
    const kiosk = kioskWith();
    const machine = await kiosk.powerOn({ coinUnit: { float: {} } });
    const { code, settlement } = await serve(machine, { payment: 'over' });
    assert.deepEqual([code, settlement?.chargedYen, settlement?.owedYen], ['OK', FEE_YEN, 0]);
    const { insertedYen, returnedYen } = cash(kiosk);
    assert.deepEqual([insertedYen, returnedYen], [1000 + FEE_YEN, 1000]);
    await nextIsServed(kiosk);
  });

  test('says to whoever has no exact money that it came back, also when nothing more was put in', async () => {
    const kiosk = kioskWith();
    const machine = await kiosk.powerOn({ coinUnit: { float: {} } });
    const bills: Bill[] = [];
    const scripted = createScriptedResident(script({ payment: 'over' }), machine.front);
    const ends: EarlyEnd[] = [];
    const resident: Resident = {
      ...scripted,
      async pay(bill, changed) {
        bills.push(bill);
        if (bill.sentBack) throw new Cancelled();
        return scripted.pay(bill, changed);
      },
      endEarly: async (end) => void ends.push(end),
    };
    assert.equal((await serveResident(resident, machine.ports)).code, 'CANCELLED');
    assert.deepEqual(
      bills.map(({ depositedYen, change, sentBack }) => [depositedYen, change, sentBack]),
      [
        [0, 'exact-only', false],
        [0, 'exact-only', true],
      ],
    );
    assert.deepEqual([ends[0]?.money, ends[0]?.moneyOut, ends[0]?.owedYen], ['returned', true, 0]);
    assert.equal(keptYen(kiosk), 0);
    await nextIsServed(kiosk);
  });

  test('asks for the exact fee until it is there, and counts all that came back', async () => {
    const kiosk = kioskWith();
    const machine = await kiosk.powerOn({ coinUnit: { float: {} } });
    const bills: unknown[] = [];
    const pieces = [[1000], [500, 100], [100]];
    const ends: EarlyEnd[] = [];
    const resident: Resident = {
      ...createScriptedResident(script(), machine.front),
      async pay({ depositedYen, change, sentBack }) {
        bills.push([depositedYen, change, sentBack]);
        const next = pieces.shift();
        if (!next) throw new Cancelled();
        for (const yen of next) machine.front.coinUnit.insert(yen);
        return 'inserted';
      },
      endEarly: async (end) => void ends.push(end),
    };
    const { settlement } = await serveResident(resident, machine.ports);
    assert.deepEqual(bills, [
      [0, 'exact-only', false],
      [0, 'exact-only', true],
      [0, 'exact-only', true],
      [100, 'exact-only', false],
    ]);
    assert.equal(settlement?.paidOutYen, 1000 + 600 + 100);
    assert.deepEqual([ends[0]?.money, ends[0]?.owedYen], ['returned', 0]);
    assert.equal(keptYen(kiosk), 0);
    await nextIsServed(kiosk);
  });

  test('promises no change any more once it could not give some', async () => {
    const kiosk = kioskWith();
    // Enough for a note, not for 350.
    const machine = await kiosk.powerOn({ coinUnit: { float: { 500: 1, 100: 2 } } });
    const bills: unknown[] = [];
    const resident: Resident = {
      ...createScriptedResident(script(), machine.front),
      async pay({ depositedYen, change, sentBack }) {
        bills.push([depositedYen, change, sentBack]);
        if (sentBack) throw new Cancelled();
        for (const yen of [100, 100, 100, 50]) machine.front.coinUnit.insert(yen);
        return 'inserted';
      },
    };
    assert.equal((await serveResident(resident, machine.ports)).code, 'CANCELLED');
    assert.deepEqual(bills, [
      [0, 'given', false],
      [0, 'exact-only', true],
    ]);
    await nextIsServed(kiosk);
  });

  test('asks for no change where none is due, however the unit answers to nothing', async () => {
    const kiosk = kioskWith();
    const machine = await kiosk.powerOn();
    let asked = 0;
    const coinUnit: Ports['coinUnit'] = {
      ...machine.ports.coinUnit,
      async canDispense(yen) {
        asked += 1;
        if (asked > 100) throw new Error('asked without end');
        return yen > 0 && machine.ports.coinUnit.canDispense(yen);
      },
    };
    assert.equal((await serve({ ...machine, ports: { ...machine.ports, coinUnit } })).code, 'OK');
    await nextIsServed(kiosk);
  });

  test('takes no more coins when a deposit for which there is no change sticks on its way back', async () => {
    const kiosk = kioskWith();
    const machine = await kiosk.powerOn({ coinUnit: { float: {}, jamAfterPieces: 1 } });
    const { code, settlement } = await serve(machine, { copies: 4, payment: 'over' });
    assert.deepEqual([code, settlement?.chargedYen, settlement?.owedYen], ['COIN_UNIT_FAULT', 0, 1000]);
    assert.equal(cash(kiosk).insertedYen, 2000);
    machine.front.coinUnit.clearJam();
    await nextIsServed(kiosk);
  });
});

describe('lost replies', () => {
  const loseOnce = (act: string, as: Error = new LostReply()): MachineOptions => {
    let lost = false;
    return {
      between: {
        after: (done) => {
          if (done !== act || lost) return;
          lost = true;
          throw as;
        },
      },
    };
  };

  test.each(['center.status', 'center.reportPayment', 'center.reportOutcome'])(
    'a passed deadline of %s is asked again like a lost reply',
    async (act) => {
      const kiosk = kioskWith();
      const machine = await kiosk.powerOn(loseOnce(act, new ProtocolError('DEADLINE_PASSED', 'late')));
      assert.equal((await serve(machine)).code, 'OK');
      await nextIsServed(kiosk);
    },
  );

  test('a passed deadline of center.cancelOrder is asked again like a lost reply', async () => {
    const kiosk = kioskWith();
    const machine = await kiosk.powerOn(loseOnce('center.cancelOrder', new ProtocolError('DEADLINE_PASSED', 'late')));
    assert.equal((await serve(machine, { payment: 'short' })).settlement?.as, 'cancelled');
    await nextIsServed(kiosk);
  });

  test.each(['center.reportPayment', 'center.reportOutcome', 'center.askOffers', 'center.endSession'])(
    'a lost reply of %s costs nothing',
    async (act) => {
      const kiosk = kioskWith();
      const machine = await kiosk.powerOn(loseOnce(act));
      assert.equal((await serve(machine)).code, 'OK');
      assert.equal(keptYen(kiosk), FEE_YEN);
      await nextIsServed(kiosk);
    },
  );

  test('a lost order is dead, and the next one names it', async () => {
    const kiosk = kioskWith();
    const machine = await kiosk.powerOn(loseOnce('center.placeOrder'));
    assert.equal((await serve(machine)).code, 'OK');
    const [dead, second] = [...kiosk.center.orders.values()].map(({ order }) => order);
    assert.equal(second?.replaces, dead?.orderId);
    assert.deepEqual(
      kiosk.center.ledger().map(({ state }) => state),
      ['cancelled', 'settled'],
    );
    await nextIsServed(kiosk);
  });

  test('no answer to the payment at all: the money goes back at once, and the center hears of it later', async () => {
    const kiosk = kioskWith();
    let silent = true;
    const machine = await kiosk.powerOn({
      between: {
        after: (act) => {
          if (silent && ['center.reportPayment', 'center.cancelOrder', 'center.reportOutcome'].includes(act))
            throw new LostReply();
        },
      },
    });
    assert.equal((await serve(machine)).code, 'CENTER_UNREACHABLE');
    assert.equal(keptYen(kiosk), 0);
    assert.equal((await serve(machine)).code, 'KIOSK_NOT_READY');
    silent = false;
    assert.equal((await serve(machine)).code, 'OK');
    await machine.close();
    await nextIsServed(kiosk);
  });
});

test('paper and coins are done and only the center is away: the resident has the receipt, the center hears later', async () => {
  const kiosk = kioskWith();
  let silent = true;
  const machine = await kiosk.powerOn({
    between: {
      before: (act) => {
        if (silent && act === 'center.reportOutcome') throw new LostReply();
      },
    },
  });
  const seen: string[] = [];
  const resident = createScriptedResident(script({ payment: 'over' }), machine.front, {
    onStep: (step) => void seen.push(step),
  });
  const { code, settlement } = await serveResident(resident, machine.ports);
  assert.deepEqual([code, settlement?.as, settlement?.chargedYen], ['CENTER_UNREACHABLE', 'open', FEE_YEN]);
  assert.deepEqual(seen.slice(-2), ['take-paper', 'receipt']);
  assert.match(readFileSync(join(kiosk.dir, 'receipts', '1.txt'), 'utf8'), /1通　300円/);
  assert.equal((await serve(machine)).code, 'KIOSK_NOT_READY');
  silent = false;
  assert.equal((await serve(machine)).code, 'OK');
  await machine.close();
  await nextIsServed(kiosk);
});

describe('every kind of certificate', () => {
  const ordered = (kiosk: TestKiosk) => [...kiosk.center.orders.values()].map(({ order }) => order.selection)[0];

  test.each(certificateKinds)('%s: what a script leaves open is oneself alone and the newest 年度', async (kind) => {
    const kiosk = kioskWith();
    const { code } = await serve(await kiosk.powerOn(), { kind, scope: undefined });
    assert.equal(code, 'OK');
    const refs = /^koseki/.test(kind) ? kosekiRefs : personRefs;
    const all = kind === 'koseki-full';
    const year = /^tax/.test(kind) ? { fiscalYear: 2026 } : {};
    assert.deepEqual(ordered(kiosk), {
      ...{ kind, scope: all ? 'household' : 'self', personRefs: all ? refs : refs.slice(0, 1), items: [] },
      ...year,
      ...{ copies: 1, feeYen: FEE_YEN },
    });
    assert.deepEqual(kiosk.truths(), []);
  });

  test('the 戸籍 is compared by 名: those of its own people who were chosen, and nobody else', async () => {
    const wish = { kind: 'koseki-individual', scope: undefined, persons: [2] } as const;
    const kiosk = kioskWith();
    assert.equal((await serve(await kiosk.powerOn(), wish)).code, 'OK');
    assert.deepEqual(ordered(kiosk)?.personRefs, kosekiRefs.slice(1));
    const fullNames = kioskWith({ alter: { names: () => [household[1]] } });
    assert.equal((await serve(await fullNames.powerOn(), wish)).code, 'BINDING_MISMATCH');
    assert.equal(keptYen(fullNames), 0);
  });

  test('a chosen 年度 goes into the order', async () => {
    const kiosk = kioskWith();
    await serve(await kiosk.powerOn(), { kind: 'tax-assessment', scope: 'self', fiscalYear: 2025 });
    assert.equal(ordered(kiosk)?.fiscalYear, 2025);
  });

  test.each<[string, Parameters<typeof serve>[1]]>([
    ['a scope', { kind: 'seal-registration', scope: 'household' }],
    ['an item', { kind: 'koseki-full', items: ['my-number'] }],
    ['a 年度', { kind: 'tax-income', scope: 'self', fiscalYear: 2019 }],
    ['a 年度 of a kind without', { fiscalYear: 2026 }],
    ['nobody of the list', { scope: 'part', persons: [9] }],
    ['a number of copies', { copies: 11 }],
  ])('%s that is not on the menu is not ordered', async (_, wish) => {
    const kiosk = kioskWith();
    assert.equal((await serve(await kiosk.powerOn(), wish)).code, 'KIND_NOT_OFFERED');
    assert.equal(kiosk.center.orders.size, 0);
  });
});

/** Another list of fronts and backs in the document of one sheet. */
const withPages = (change: (pages: [front: string, back: string]) => readonly string[]) => (pdf: Uint8Array) => {
  const document = JSON.parse(new TextDecoder().decode(pdf));
  return new TextEncoder().encode(JSON.stringify({ ...document, pages: change(document.pages) }));
};

describe('checks before money is fixed', () => {
  const wrongs: readonly [string, FakeCenterOptions['alter'] & object][] = [
    ['other names on the paper', { names: () => ['霧笛　太郎', '霧笛　花子', '霧笛　次郎'] }],
    ['one name too few', { names: (names) => names.slice(1) }],
    [
      'another document under the seal',
      { pages: (pdf) => new TextEncoder().encode(new TextDecoder().decode(pdf).replace('1/1', '1/2')) },
    ],
    ['a manifest of another order', { manifest: (m) => ({ ...m, orderId: 'ff'.repeat(16) }) }],
    ['a manifest for another kiosk', { manifest: (m) => ({ ...m, kioskId: 'kiosk-2' }) }],
    ['a manifest of another session', { manifest: (m) => ({ ...m, sessionId: 'ff'.repeat(16) }) }],
    ['another selection', { manifest: (m) => ({ ...m, selectionDigest: 'ff'.repeat(32) }) }],
    ['another fee', { manifest: (m) => ({ ...m, feeYen: m.feeYen + 10 }) }],
    ['a sheet too many', { manifest: (m) => ({ ...m, sheets: m.sheets.flatMap((s) => [s, s]) }) }],
    ['a sheet of another order, sealed as it is', { document: withPages(([, back]) => ['ffffffffffffffff1/1', back]) }],
    [
      'a sheet of another number, sealed as it is',
      { document: withPages(([front, back]) => [front.replace('1/1', '1/2'), back]) },
    ],
    ['a sheet without a back, sealed as it is', { document: withPages(([front]) => [front]) }],
    ['a back too many, sealed as it is', { document: withPages(([front, back]) => [front, back, back]) }],
    ['an answer about another order', { sealed: (s) => ({ ...s, orderId: 'ff'.repeat(16) }) }],
    ['a missing copy', { sealed: (s) => ({ ...s, copies: [] }) }],
    ['a missing share', { shares: (s) => ({ ...s, shares: [] }) }],
    ['shares of another order', { shares: (s) => ({ ...s, orderId: 'ff'.repeat(16) }) }],
  ];
  test.each(wrongs)('nothing is charged and nothing printed with %s', async (_, alter) => {
    const kiosk = kioskWith({ alter });
    assert.equal((await serve(await kiosk.powerOn())).code, 'BINDING_MISMATCH');
    assert.equal(cash(kiosk).fixedYen, 0);
    assert.equal(keptYen(kiosk), 0);
    assert.equal(sheetsOut(kiosk), 0);
    assert.deepEqual(kiosk.truths(), []);
  });

  test('USE_COUNTER ends the use before money is asked for', async () => {
    const kiosk = kioskWith({ refuseOrderWith: 'USE_COUNTER' });
    assert.equal((await serve(await kiosk.powerOn())).code, 'USE_COUNTER');
    assert.equal(cash(kiosk).insertedYen, 0);
    assert.deepEqual(kiosk.truths(), []);
  });
});

describe('faults at the printer', () => {
  const sheets = [1, 2, 3, 4];
  const faults = ['jam', 'paper-out', 'abort', 'power-cut', 'power-cut-after-sheet', 'no-sheet'] as const;
  test.each(sheets.flatMap((sheet) => faults.map((fault) => [fault, sheet] as const)))(
    '%s at sheet %i: only whole copies are charged',
    async (fault, sheet) => {
      const kiosk = kioskWith({ sheets: 2 });
      const machine = await kiosk.powerOn({ printer: { faults: { [sheet]: fault } } });
      const { code, settlement } = await serve(machine, { copies: 2 });
      assert.equal(code, 'PRINTER_FAULT');
      assert.equal(settlement?.chargedYen, sheet <= 2 ? 0 : FEE_YEN);
      assert.equal(keptYen(kiosk), settlement?.chargedYen);
      const broken = settlement?.copies[sheet <= 2 ? 0 : 1];
      // Only a printer that waited for paper surely holds no printed sheet.
      assert.equal(broken?.outcome, fault === 'paper-out' ? 'not-output' : 'uncertain');
      await nextIsServed(kiosk);
    },
  );

  test('a job that never ends keeps the order open and the fee where it is, until the printer says what became of it', async () => {
    const kiosk = kioskWith();
    const machine = await kiosk.powerOn({ printer: { faults: { 1: 'jam' } } });
    const deaf: Machine = {
      ...machine,
      ports: { ...machine.ports, printer: { ...machine.ports.printer, cancel: async () => {} } },
    };
    const { code, settlement } = await serve(deaf);
    assert.deepEqual([code, settlement], ['PRINTER_FAULT', undefined]);
    assert.equal(keptYen(kiosk), FEE_YEN);
    assert.equal((await serve(deaf)).code, 'KIOSK_NOT_READY');
    assert.equal(keptYen(kiosk), FEE_YEN);
    assert.equal((await serve(machine)).code, 'OK');
    assert.equal(kiosk.center.ledger()[0]?.copies[0]?.outcome, 'uncertain');
    assert.equal(keptYen(kiosk), FEE_YEN);
    await nextIsServed(kiosk);
  });

  test('a refund without change is owed, and stands on the receipt', async () => {
    const kiosk = kioskWith();
    const machine = await kiosk.powerOn({
      printer: { faults: { 2: 'jam' } },
      coinUnit: { float: {}, recycles: false },
    });
    const { settlement } = await serve(machine, { copies: 2 });
    assert.deepEqual([settlement?.chargedYen, settlement?.owedYen], [FEE_YEN, FEE_YEN]);
    assert.match(readFileSync(join(kiosk.dir, 'receipts', '1.txt'), 'utf8'), /未返金　300円/);
    assert.deepEqual(kiosk.truths(), []);
  });

  test('a jam of the coin unit in the middle of a refund leaves the rest owed', async () => {
    const kiosk = kioskWith();
    const machine = await kiosk.powerOn({ printer: { faults: { 1: 'jam' } }, coinUnit: { jamAfterPieces: 2 } });
    const { settlement } = await serve(machine);
    assert.equal(settlement?.owedYen, 100);
    assert.deepEqual(kiosk.truths(), []);
  });
});

describe('a jam of the coin unit', () => {
  /** Staff open the unit; what was stuck is the store’s until the resident comes for it. */
  async function clearedAndServed(kiosk: TestKiosk, { front }: Awaited<ReturnType<TestKiosk['powerOn']>>) {
    front.coinUnit.clearJam();
    await nextIsServed(kiosk);
  }
  const owed = (kiosk: TestKiosk) => kiosk.center.ledger().map(({ state, owedYen }) => [state, owedYen]);

  test('while an unpaid deposit goes back: the rest is owed, at the center too, and stands on the slip', async () => {
    const kiosk = kioskWith();
    const machine = await kiosk.powerOn({ coinUnit: { jamAfterPieces: 1 } });
    const { code, settlement } = await serve(machine, { payment: 'short' });
    assert.equal(code, 'CANCELLED');
    assert.deepEqual([settlement?.as, settlement?.chargedYen, settlement?.owedYen], ['cancelled', 0, 100]);
    assert.deepEqual(owed(kiosk), [['cancelled', 100]]);
    assert.match(readFileSync(join(kiosk.dir, 'receipts', '1.txt'), 'utf8'), /未返金　100円/);
    assert.equal((await serve(machine)).code, 'KIOSK_NOT_READY');
    await clearedAndServed(kiosk, machine);
  });

  test('while a paid deposit goes back: fee and the money over it are owed', async () => {
    const kiosk = kioskWith({ alter: { shares: (s) => ({ ...s, shares: [] }) } });
    const machine = await kiosk.powerOn({ coinUnit: { jamAfterPieces: 0 } });
    const { settlement } = await serve(machine, { payment: 'over' });
    assert.deepEqual([settlement?.as, settlement?.chargedYen, settlement?.owedYen], ['settled', 0, 1000]);
    assert.deepEqual(owed(kiosk), [['settled', 1000]]);
    assert.equal(kiosk.center.ledger()[0]?.refundPayableYen, FEE_YEN);
    machine.front.coinUnit.clearJam();
    assert.deepEqual(kiosk.truths(), []);
  });

  test('while change comes out: what is missing is owed at the center too', async () => {
    const kiosk = kioskWith();
    const machine = await kiosk.powerOn({ coinUnit: { jamAfterPieces: 1 } });
    const { code, settlement } = await serve(machine, { payment: 'over' });
    assert.deepEqual([code, settlement?.owedYen], ['OK', 200]);
    assert.deepEqual(owed(kiosk), [['settled', 200]]);
    await clearedAndServed(kiosk, machine);
  });
});

test('a disk that fills up in the middle of a use: the coins go back, and nobody else is served on it', async () => {
  const kiosk = kioskWith();
  const { ports, ...machine } = await kiosk.powerOn();
  let full = false;
  const append: Ports['journal']['append'] = (entry) => {
    full ||= entry.event === 'payment-intended';
    return full ? Promise.reject(new KioskFault('KIOSK_NOT_READY')) : ports.journal.append(entry);
  };
  const failing = { ...machine, ports: { ...ports, journal: { ...ports.journal, append, sound: () => !full } } };
  assert.equal((await serve(failing)).code, 'KIOSK_NOT_READY');
  assert.equal(keptYen(kiosk), 0);
  assert.equal((await serve(failing)).code, 'KIOSK_NOT_READY');
  await machine.close();
  await (await afterPowerCut(kiosk)).close();
  await nextIsServed(kiosk);
});

describe('what stays behind', () => {
  test('the PIN reaches the card and nothing else', async () => {
    const kiosk = kioskWith();
    const sent: string[] = [];
    const machine = await kiosk.powerOn();
    assert.equal((await serve(machine, { card: listeningCard(sent) })).code, 'OK');
    assert.equal(sent.filter((apdu) => apdu.includes(PIN)).length, 1);
    const said = [...kiosk.center.heard, ...filesUnder(kiosk.dir)].join('\n');
    for (const form of [PIN, Buffer.from(PIN).toString('hex'), Buffer.from(PIN).toString('base64'), '56,51,48,53'])
      assert.ok(!said.replaceAll(/[0-9a-f]{16,}|[A-Za-z0-9+/=]{40,}/g, '').includes(form), form);
  });

  test('what was opened, signed and entered is zeroed before anybody is waited for', async () => {
    const kiosk = kioskWith();
    const machine = await kiosk.powerOn();
    const held: Uint8Array[] = [];
    const submit: Ports['printer']['submit'] = (request) => {
      held.push(request.document);
      assert.ok(request.document.some((byte) => byte !== 0));
      return machine.ports.printer.submit(request);
    };
    const scripted = createScriptedResident(script(), machine.front);
    const resident: Resident = {
      ...scripted,
      async enterPin(triesLeft, wrong) {
        const pin = await scripted.enterPin(triesLeft, wrong);
        if (pin !== 'back') held.push(pin);
        return pin;
      },
      async takePaper(paper) {
        assert.deepEqual(
          held.map((bytes) => bytes.every((byte) => byte === 0)),
          [true, true],
        );
        await scripted.takePaper(paper);
      },
    };
    const ports = { ...machine.ports, printer: { ...machine.ports.printer, submit } };
    assert.equal((await serveResident(resident, ports)).code, 'OK');
    assert.equal(held.length, 2);
  });

  test('no name stands in journal, device logs or receipts', async () => {
    const kiosk = kioskWith();
    const machine = await kiosk.powerOn();
    await serve(machine);
    const kept = filesUnder(kiosk.dir, ['out', 'tray']).join('\n');
    for (const name of household) assert.ok(!kept.includes(name));
    assert.match(kept, /"event":"wiped"/);
  });
});

function filesUnder(dir: string, except: readonly string[] = []): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !except.some((name) => entry.parentPath.endsWith(name)))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}
