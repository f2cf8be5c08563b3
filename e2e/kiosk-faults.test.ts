/**
 * What resident, card, coins, printer and lost replies can do to one use, at a real kiosk against the whole chain. Nobody pays for
 * paper that did not come out, the three truths agree, and the next person is served.
 */

import { readFileSync } from 'node:fs';
import { parseCardFile, VirtualCard } from '@machikado/card';
import { staffCommand } from '@machikado/center';
import { Cancelled, LostReply, type Ports } from '@machikado/kiosk-agent';
import { type OrderState, ProtocolError } from '@machikado/protocol';
import { type Step, stepOrder } from '@machikado/ui';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { disagreements, ledgerOf, openStage, type Stage, takeStock, YUNAGI } from './fault-table.ts';
import type { ChainKiosk, KioskOptions, Use, Wishes } from './open-kiosk.ts';

const FEE_YEN = 200;
const TRIES = 3;

let stage: Stage;
const kiosks: ChainKiosk[] = [];

beforeAll(async () => {
  stage = await openStage({
    people: { [YUNAGI]: ['single', 'couple', 'big-household', 'family-head'] },
    centerConfig: { lasts: { provenMs: 600_000, sealedMs: 600_000 } },
  });
  kiosks.push(stage.kiosk);
}, 90_000);
afterAll(() => stage?.close());

let before: ReturnType<typeof takeStock>;
beforeEach(() => {
  before = takeStock(stage);
});
afterEach(() => vi.restoreAllMocks());

/** What every use must end in, whatever was played in it. */
async function expectAllWell(kiosk = stage.kiosk): Promise<void> {
  vi.restoreAllMocks();
  const { end } = await kiosk.use(stage.card('single').file);
  expect(end).toMatchObject({ code: 'OK', settlement: { chargedYen: FEE_YEN } });
  expect(await disagreements(stage, kiosks)).toEqual([]);
}

function expectNothingCharged({ paper }: Pick<Use, 'paper'>): void {
  expect(paper).toEqual([]);
  expect(takeStock(stage)).toEqual(before);
}

/** Another machine with trouble in its devices. */
async function openTroubled(options: KioskOptions): Promise<ChainKiosk> {
  const dir = `${stage.chain.dir}/troubled-${kiosks.length}`;
  const kiosk = await stage.openKiosk({ stateDir: dir, outDir: `${dir}/out`, ...options });
  kiosks.push(kiosk);
  return kiosk;
}

async function stateOf(orderId: string | undefined): Promise<OrderState | undefined> {
  return (await ledgerOf(stage.chain)).find((order) => order.orderId === orderId)?.state;
}

// ---- The PIN.

const freshCard = () => new VirtualCard(parseCardFile(JSON.stringify(stage.card('couple').file)), () => {});

test.each([1, 2])('%i wrong PINs and then the right one', async (wrongPins) => {
  const asked: string[] = [];
  const { end } = await stage.kiosk.use(freshCard(), { wrongPins }, { onStep: (step) => void asked.push(step) });
  expect(end.code).toBe('OK');
  expect(asked.filter((step) => step === 'pin')).toHaveLength(wrongPins + 1);
  await expectAllWell();
});

test('wrong PINs lock the card, and the lock outlives the use', async () => {
  const card = freshCard();
  const use = await stage.kiosk.use(card, { wrongPins: TRIES });
  expect(use.end.code).toBe('CARD_LOCKED');
  expect((await stage.kiosk.use(card)).end.code).toBe('CARD_LOCKED');
  expectNothingCharged(use);
  await expectAllWell();
});

test('the last try is spent only by somebody who was told that it is the last', async () => {
  const card = freshCard();
  let asked = 0;
  const stopped = await stage.kiosk.use(
    card,
    { wrongPins: TRIES },
    {
      onStep(step) {
        if (step !== 'pin') return;
        asked += 1;
        if (asked === TRIES) throw new Cancelled();
      },
    },
  );
  expect(stopped.end.code).toBe('CANCELLED');
  const told: number[] = [];
  const { agent } = stage.kiosk;
  const { serve } = agent;
  vi.spyOn(agent, 'serve').mockImplementation((resident) => {
    const enterPin = (triesLeft: number, wrong: boolean) => {
      told.push(triesLeft);
      return resident.enterPin(triesLeft, wrong);
    };
    return serve({ ...resident, enterPin });
  });
  expect((await stage.kiosk.use(card)).end.code).toBe('OK');
  // The right PIN gives all tries back.
  expect((await stage.kiosk.use(card, { wrongPins: TRIES - 1 })).end.code).toBe('OK');
  expect(told).toEqual([1, 3, 2, 1]);
  await expectAllWell();
});

// ---- Cancel and walk away, at every step at which a kiosk asks.

const steps = stepOrder.slice(0, stepOrder.indexOf('pay') + 1);

test.each(steps)('at “%s” the resident cancels, and another one walks away', async (step) => {
  for (const by of ['resident', 'timeout'] as const) {
    const stop = (shown: Step) => {
      if (shown === step) throw new Cancelled(by);
    };
    const use = await stage.use('couple', {}, { onStep: stop });
    expect(use.end.code).toBe('CANCELLED');
    expectNothingCharged(use);
    if (step === 'pay') expect(await stateOf(use.end.orderId)).toBe('cancelled');
  }
  await expectAllWell();
});

test('cancelled when part of the money is in: the very coins come back', async () => {
  const use = await stage.use('couple', { copies: 2, payment: 'cancel-after' });
  expect(use.end).toMatchObject({ code: 'CANCELLED', settlement: { as: 'cancelled', chargedYen: 0 } });
  expectNothingCharged(use);
  await expectAllWell();
});

test.each(['short', 'none'] as const)('payment: %s', async (payment) => {
  const use = await stage.use('couple', { payment });
  expect(use.end.code).toBe('CANCELLED');
  expect(await stateOf(use.end.orderId)).toBe('cancelled');
  expectNothingCharged(use);
  await expectAllWell();
});

test('too much money: the change comes back', async () => {
  const { end, paper } = await stage.use('couple', { payment: 'over' });
  expect(end).toMatchObject({ code: 'OK', settlement: { chargedYen: FEE_YEN, owedYen: 0 } });
  expect(paper).toHaveLength(1);
  expect(takeStock(stage).keptYen - before.keptYen).toBe(FEE_YEN);
  await expectAllWell();
});

// ---- Devices.

test('no change in the unit: too much comes back before anything is taken, and exact money goes', async () => {
  const kiosk = await openTroubled({ coinUnitOptions: { outOfChange: true } });
  const use = await kiosk.use(stage.card('couple').file, { payment: 'over' });
  expect(use.end).toMatchObject({ code: 'OK', settlement: { chargedYen: FEE_YEN, owedYen: 0 } });
  expect(use.paper).toHaveLength(1);
  expect(takeStock({ kiosk })).toEqual({ keptYen: FEE_YEN, sheets: 1 });
  await expectAllWell(kiosk);
});

test('coins jam while change comes out: what is missing is owed, and the paper is good', async () => {
  const kiosk = await openTroubled({ coinUnitOptions: { jamAfterPieces: 1 } });
  const use = await kiosk.use(stage.card('couple').file, { payment: 'over' });
  expect(use.end).toMatchObject({ code: 'OK', settlement: { chargedYen: FEE_YEN, owedYen: 300 } });
  expect((await kiosk.use(stage.card('single').file)).end.code).toBe('KIOSK_NOT_READY');
  kiosk.agent.front.coinUnit.clearJam();
  expect(await disagreements(stage, kiosks)).toEqual([]);
});

test('coins jam while an unpaid deposit goes back: the center books what is owed, and the next person pays from nothing', async () => {
  const kiosk = await openTroubled({ coinUnitOptions: { jamAfterPieces: 0 } });
  const { end } = await kiosk.use(stage.card('couple').file, { copies: 2, payment: 'cancel-after' });
  expect(end).toMatchObject({ code: 'CANCELLED', settlement: { as: 'cancelled', chargedYen: 0 } });
  expect(end.settlement?.owedYen).toBe(takeStock({ kiosk }).keptYen);
  expect(end.settlement?.owedYen).toBeGreaterThan(0);
  expect((await kiosk.use(stage.card('single').file)).end.code).toBe('KIOSK_NOT_READY');
  kiosk.agent.front.coinUnit.clearJam();
  await expectAllWell(kiosk);
});

interface Print {
  readonly fault: 'jam' | 'paper-out' | 'abort' | 'power-cut' | 'power-cut-after-sheet';
  readonly sheet: number;
  readonly chargedYen: number;
  readonly outcomes: readonly string[];
}

/** Two copies of two sheets each: what is charged is what came out whole. */
const prints: readonly Print[] = Object.entries({
  jam: [1, 2, 3, 4],
  'paper-out': [1, 4],
  abort: [3],
  'power-cut': [2, 3],
  'power-cut-after-sheet': [1, 4],
} satisfies Record<Print['fault'], number[]>).flatMap(([name, sheets]) =>
  sheets.map((sheet) => {
    const fault = name as Print['fault'];
    // Only a printer that waited for paper surely holds no printed sheet.
    const broken = fault === 'paper-out' ? 'not-output' : 'uncertain';
    const outcomes = sheet <= 2 ? [broken, 'not-output'] : ['output', broken];
    return { fault, sheet, chargedYen: sheet <= 2 ? 0 : FEE_YEN, outcomes };
  }),
);

test.each(prints)(
  '$fault at sheet $sheet of 4: charged $chargedYen yen',
  async ({ fault, sheet, chargedYen, outcomes }) => {
    const kiosk = await openTroubled({ printerOptions: { faults: { [sheet]: fault } } });
    const wishes: Wishes = { scope: 'household', copies: 2 };
    const { end } = await kiosk.use(stage.card('big-household').file, wishes);
    expect(end).toMatchObject({ code: 'PRINTER_FAULT', settlement: { chargedYen, owedYen: 0 } });
    expect(end.settlement?.copies.map(({ outcome }) => outcome)).toEqual(outcomes);
    expect(takeStock({ kiosk }).keptYen).toBe(chargedYen);
    kiosk.agent.front.printer.clear();
    await expectAllWell(kiosk);
  },
);

test('no change for the refund after a jam: the refund is owed, and staff are told', async () => {
  const kiosk = await openTroubled({
    coinUnitOptions: { outOfChange: true },
    printerOptions: { faults: { 1: 'paper-out' } },
  });
  const { end } = await kiosk.use(stage.card('couple').file);
  expect(end).toMatchObject({ code: 'PRINTER_FAULT', settlement: { chargedYen: 0, owedYen: FEE_YEN } });
  const { store } = stage.center;
  const noticed = async () => (await store.notices.all()).filter(({ orderId }) => orderId === end.orderId);
  expect(await noticed()).toMatchObject([{ notice: 'refund-owed', resolvedAt: null }]);
  kiosk.agent.front.printer.clear();
  await expectAllWell(kiosk);
  // The clerk pays from the till: the coins of the machine stay where they are, and all books still agree.
  const told = { 'lg-code': YUNAGI, staff: 'shokuin-1', reason: 'the store paid', yen: `${FEE_YEN}` };
  await staffCommand(store, 'pay-owed', { ...told, order: end.orderId }, new Date());
  expect(await noticed()).toMatchObject([{ notice: 'refund-owed', resolvedAt: expect.any(Date) }]);
  await expectAllWell(kiosk);
});

test('a jam is cleared while the kiosk waits: the printer prints the sheet anew, and once', async () => {
  const kiosk = await openTroubled({
    printerOptions: { faults: { 1: 'jam' } },
    patience: { retries: 5, retryMs: 1, printPollMs: 1, printStandstillMs: 60_000 },
    wrap: (ports) => ({ ...ports, clock: { ...ports.clock, sleep: staffClear(ports) } }),
  });
  function staffClear({ printer, clock }: Ports): Ports['clock']['sleep'] {
    return async (ms) => {
      const [job] = await printer.activeJobs();
      if (job?.state === 'processing-stopped') kiosk.agent.front.printer.clear();
      await clock.sleep(ms);
    };
  }
  const { end, paper } = await kiosk.use(stage.card('couple').file);
  expect(end).toMatchObject({ code: 'OK', settlement: { chargedYen: FEE_YEN } });
  expect(paper).toHaveLength(1);
  await expectAllWell(kiosk);
});

test('paper in the tray or a job in the printer: no use starts until both are gone', async () => {
  const dir = `${stage.chain.dir}/left-over`;
  let left: Ports['printer'] | undefined;
  const kiosk = await stage.openKiosk({
    ...{ stateDir: dir, outDir: `${dir}/out` },
    wrap: (ports) => {
      left = ports.printer;
      return ports;
    },
  });
  const { paper: found } = await stage.use('couple');
  const document = new Uint8Array(readFileSync(found[0] ?? ''));
  const job = await left?.submit({ name: 'left-over', document, pages: [1, 1], duplex: true });
  expect((await kiosk.use(stage.card('couple').file)).end.code).toBe('KIOSK_NOT_READY');
  while ((await left?.job(job ?? 0))?.state !== 'completed');
  expect((await kiosk.use(stage.card('couple').file)).end.code).toBe('KIOSK_NOT_READY');
  expect(kiosk.agent.front.printer.takePaper(`${dir}/away`)).toHaveLength(1);
  const { end, paper } = await kiosk.use(stage.card('single').file);
  expect([end.code, paper.length]).toEqual(['OK', 1]);
});

// ---- Lost replies and sessions.

type CenterCall =
  | 'status'
  | 'askOffers'
  | 'placeOrder'
  | 'reportPayment'
  | 'cancelOrder'
  | 'reportOutcome'
  | 'endSession';
const calls: readonly CenterCall[] = [
  'status',
  'askOffers',
  'placeOrder',
  'reportPayment',
  'reportOutcome',
  'endSession',
];

/** The request never arrives, or what was done is never answered. */
function lose(call: CenterCall, when: 'request' | 'reply', times = 1): void {
  const { center } = stage.kioskPorts;
  const honest = center[call] as (...args: unknown[]) => Promise<unknown>;
  let left = times;
  vi.spyOn(center, call).mockImplementation((async (...args: unknown[]) => {
    const lost = left > 0;
    left -= 1;
    if (lost && when === 'request') throw new LostReply();
    const reply = await honest(...args);
    if (lost) throw new LostReply();
    return reply;
  }) as never);
}

test.each(
  calls.flatMap(
    (call) =>
      [
        [call, 'request'],
        [call, 'reply'],
      ] as const,
  ),
)('%s: its %s is lost once, and the resident is served once', async (call, when) => {
  lose(call, when);
  const { end, paper } = await stage.use('couple');
  expect(end).toMatchObject({ code: 'OK', settlement: { chargedYen: FEE_YEN } });
  expect(paper).toHaveLength(1);
  await expectAllWell();
});

test.each(['request', 'reply'] as const)('cancelOrder: its %s is lost once', async (when) => {
  lose('cancelOrder', when);
  const use = await stage.use('couple', { payment: 'none' });
  expect(use.end.code).toBe('CANCELLED');
  expect(await stateOf(use.end.orderId)).toBe('cancelled');
  expectNothingCharged(use);
  await expectAllWell();
});

test.each(['request', 'reply'] as const)('no %s of an order ever arrives: nothing is charged', async (when) => {
  lose('placeOrder', when, Number.POSITIVE_INFINITY);
  const use = await stage.use('couple');
  expect(use.end.code).toBe('CENTER_UNREACHABLE');
  expectNothingCharged(use);
  await expectAllWell();
});

test('no answer about the payment ever arrives: the coins go back, and the order is settled as not output', async () => {
  lose('reportPayment', 'reply', Number.POSITIVE_INFINITY);
  const use = await stage.use('couple');
  expect(use.end).toMatchObject({ code: 'CENTER_UNREACHABLE', settlement: { as: 'settled', chargedYen: 0 } });
  expect(await stateOf(use.end.orderId)).toBe('settled');
  expectNothingCharged(use);
  await expectAllWell();
});

test('the outcome never arrives: the kiosk serves nobody until it has', async () => {
  lose('reportOutcome', 'request', Number.POSITIVE_INFINITY);
  const use = await stage.use('couple');
  // Who paid has paper and receipt; only the books wait.
  expect(use.end).toMatchObject({ code: 'CENTER_UNREACHABLE', settlement: { as: 'open', chargedYen: FEE_YEN } });
  expect(use.paper).toHaveLength(1);
  expect(await stateOf(use.end.orderId)).toBe('paid');
  expect((await stage.use('single')).end.code).toBe('KIOSK_NOT_READY');
  vi.restoreAllMocks();
  expect(await stage.kiosk.agent.recover()).toEqual([use.end.orderId]);
  expect(await stateOf(use.end.orderId)).toBe('settled');
  await expectAllWell();
});

/** The card’s proof is good for ten minutes, and so is a sealed order. */
const LIFE_MS = 600_000;
const sleepy = ['card-away', 'confirm', 'pay'] as const;

test.each(sleepy)('everything has expired when the resident goes on from “%s”', async (step) => {
  const use = await stage.use(
    'couple',
    {},
    {
      onStep(shown) {
        if (shown === step) stage.pass(LIFE_MS);
      },
    },
  );
  // What expired is told to the issuing server before the clock goes back.
  await stage.chain.centers[0]?.runJobs();
  stage.pass(-LIFE_MS);
  expect(use.end.code).toBe(step === 'pay' ? 'ORDER_DEAD' : 'SESSION_EXPIRED');
  expectNothingCharged(use);
  await expectAllWell();
});

test('a card that is left on the reader is in nobody’s way', async () => {
  const use = await stage.use('couple', { cancelAt: 'pin' });
  expect(use.end.code).toBe('CANCELLED');
  expectNothingCharged(use);
  await expectAllWell();
});

test('a refusal that is no answer to a money report ends in no money', async () => {
  vi.spyOn(stage.kioskPorts.center, 'reportPayment').mockRejectedValue(new ProtocolError('ORDER_DEAD', 'gone'));
  const use = await stage.use('couple');
  expect(use.end.code).toBe('ORDER_DEAD');
  expectNothingCharged(use);
  await expectAllWell();
});
