/**
 * A dozen ways through a use, in a real browser at a real kiosk against the whole chain. After each the glass has told the truth, devices, journal
 * and ledger agree, nothing of the person is left, and the next one is served.
 */
import { CARD_PIN } from '@machikado/town';
import { catalogues, sentenceFor } from '@machikado/ui';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { chipOf, repair } from './browser/front.ts';
import { type GlassStage, openGlassStage } from './browser/glass-stage.ts';
import { createHeldClock, type HeldClock } from './browser/held-clock.ts';
import { keyboardGlassOf } from './browser/keyboard.ts';
import { type Browser, launchBrowser } from './browser/launch-browser.ts';
import { leftInFolder, leftInMemory, leftInPage, scannerFor } from './browser/left-behind.ts';
import { visit, type Wish } from './browser/visit.ts';
import { disagreements, MUTEKI, openStage, type Stage, takeStock, YUNAGI } from './fault-table.ts';
import { searchLines } from './traces/places.ts';
import type { TraceScanner } from './traces.ts';

const FEE_YEN = 200;
const { ja } = catalogues;
const people = {
  [YUNAGI]: ['single', 'couple', 'family-head', 'protected', 'in-process'],
  [MUTEKI]: ['single'],
} as const;

let stage: Stage;
let browser: Browser;
let at: GlassStage;
let held: HeldClock;
let scanner: TraceScanner;
let before: ReturnType<typeof takeStock>;

beforeAll(async () => {
  stage = await openStage({
    people,
    kiosks: 2,
    centerConfig: { lasts: { provenMs: 600_000, sealedMs: 600_000 }, statusEveryMs: 500 },
  });
  browser = await launchBrowser({ drawing: 'rough' });
  held = createHeldClock();
  at = await openGlassStage(stage.chain, browser, {
    ...{ kioskId: 'kiosk-2', clock: held.clock, idle: held.idle },
    // A jam stands until staff come.
    patience: { retries: 5, retryMs: 50, printPollMs: 5, printStandstillMs: 600_000 },
  });
  scanner = scannerFor(stage, [...people[YUNAGI]]);
}, 120_000);
afterAll(async () => {
  await at?.close();
  await browser?.close();
  await stage?.close();
});

const card = (person: (typeof people)[typeof YUNAGI][number], lgCode?: string) =>
  chipOf(stage.card(person, lgCode).file);
const come = (wish: Partial<Wish> = {}, glass = at.glass) =>
  visit(glass, at.hands, { card: card('couple'), pin: CARD_PIN, ...wish });

beforeEach(() => {
  before = takeStock(at);
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await sendHome();
  await at.glass.at('menu');
  expect(await whatIsLeft()).toEqual([]);
  expect(await disagreements(stage, [at.kiosk])).toEqual([]);
  const next = come({ card: card('single') });
  await next.goOn('receipt');
  expect(next.paper).toHaveLength(1);
  await at.glass.press('done');
  await at.glass.at('menu');
  expect(await disagreements(stage, [at.kiosk])).toEqual([]);
  expect(await whatIsLeft()).toEqual([]);
}, 120_000);

async function whatIsLeft(): Promise<readonly string[]> {
  return [
    ...(await leftInPage(at.glass.page, scanner)),
    ...leftInFolder(browser.profileDir, scanner),
    ...leftInFolder(at.kiosk.stateDir, scanner),
    ...searchLines(scanner, 'log', at.logLines).found,
  ];
}

/** So that a test that failed fails alone. */
async function sendHome(): Promise<void> {
  repair(at.devices);
  for (let screen = await at.glass.now(); screen !== 'menu'; screen = await at.glass.now()) {
    await at.hands.takeCard();
    at.hands.takePaper();
    const [way] = (await at.glass.buttons()).filter((one) => ['quit', 'taken', 'done'].includes(one));
    if (way) await at.glass.press(way);
    else await at.glass.page.waitForTimeout(100);
  }
}

/** What the glass says about an early end. */
async function expectEnd(sentence: string, money: keyof typeof ja.ended.moneyEnds): Promise<void> {
  await at.glass.at('ended');
  const text = await at.glass.text();
  expect(text).toContain(sentence);
  for (const [end, words] of Object.entries(ja.ended.moneyEnds)) expect(text.includes(words), end).toBe(end === money);
}

async function goHome(): Promise<void> {
  await at.glass.press('done');
  await at.glass.at('menu');
}

const kept = () => {
  const { keptYen, sheets } = takeStock(at);
  return { keptYen: keptYen - before.keptYen, sheets: sheets - before.sheets };
};
const nothing = { keptYen: 0, sheets: 0 };

test('happy: one copy for 200 yen, and the memory of the page knows nobody afterwards', async () => {
  const use = come();
  await use.goOn('receipt');
  expect(await at.glass.text()).toContain(ja.yen(FEE_YEN));
  await goHome();
  expect(use.paper).toHaveLength(1);
  expect(kept()).toEqual({ keptYen: FEE_YEN, sheets: 1 });
  expect(await leftInMemory(at.glass.page, scanner)).toEqual([]);
});

test('the search finds the person while the person is there', async () => {
  const use = come();
  await use.goOn('kind');
  await at.glass.press('kind=resident-record');
  await at.glass.press('next');
  await at.glass.press('scope=household');
  await at.glass.press('next');
  await use.goOn('confirm');
  expect((await leftInPage(at.glass.page, scanner)).join('\n')).toContain('name');
  expect((await leftInMemory(at.glass.page, scanner)).join('\n')).toContain('name');
  await at.glass.press('quit');
});

test('wrong PINs lock the card; the last try is spent only by who agrees to it, and the lock is told at the next use', async () => {
  const locked = card('couple');
  const wrong = come({ card: locked, pin: '0000' });
  await wrong.goOn('pin');
  await wrong.act('pin');
  await at.glass.reads(ja.pin.wrong);
  await at.glass.reads(ja.pin.triesLeft(2));
  await wrong.act('pin');
  await at.glass.reads(ja.pin.lastTryTitle);
  expect((await at.glass.buttons()).filter((button) => button === 'digit')).toEqual([]);
  await at.glass.press('last-try');
  await wrong.act('pin');
  await expectEnd(sentenceFor('CARD_LOCKED', 'ja'), 'none-taken');
  await at.glass.reads(ja.ended.takeCard);
  await at.hands.takeCard();
  await goHome();
  await come({ card: locked }).goOn('card');
  at.hands.layDown(locked);
  await expectEnd(sentenceFor('CARD_LOCKED', 'ja'), 'none-taken');
  await at.hands.takeCard();
  await goHome();
  expect(kept()).toEqual(nothing);
});

test('支援措置 is told in the same words as a reason that everybody may know', async () => {
  const told: string[] = [];
  for (const person of ['protected', 'in-process'] as const) {
    const use = come({ card: card(person) });
    await use.goOn('confirm');
    await use.act('confirm');
    await expectEnd(sentenceFor('USE_COUNTER', 'ja'), 'none-taken');
    told.push((await at.glass.text()).replaceAll(/\b[0-9a-f]{4}\b/g, '…'));
    await goHome();
  }
  expect(told[0]).toBe(told[1]);
  expect(kept()).toEqual(nothing);
});

test('cancelled at ⑩: back to ① at once, nothing to be told', async () => {
  await come().goOn('confirm');
  await at.glass.press('quit');
  await at.glass.at('menu');
  expect(kept()).toEqual(nothing);
});

test('cancelled at ⑪ with money in: the coins come back, and the glass says so', async () => {
  await come({ copies: 2 }).goOn('pay');
  expect(at.hands.insert(100)).toBe('taken');
  await at.glass.reads(ja.yen(300));
  await at.glass.press('quit');
  await expectEnd(ja.ended.cancelled, 'returned');
  await goHome();
  expect(kept()).toEqual(nothing);
});

test('no change: what is too large comes back at once, the glass asks for the exact fee, and the use goes on', async () => {
  at.devices.coinUnit.set({ outOfChange: true });
  const use = come({ money: [100, 50, 50] });
  await use.goOn('pay');
  await at.glass.reads(ja.pay.exactOnly);
  expect(at.hands.insert(1000)).toBe('taken');
  await at.glass.reads(ja.pay.sentBack);
  expect(await at.glass.buttons()).not.toContain('pay');
  await use.goOn('receipt');
  await goHome();
  repair(at.devices);
  expect(use.paper).toHaveLength(1);
  expect(kept()).toEqual({ keptYen: FEE_YEN, sheets: 1 });
});

test('no change and no exact money: the glass says that the money came back', async () => {
  at.devices.coinUnit.set({ outOfChange: true });
  await come().goOn('pay');
  expect(at.hands.insert(500)).toBe('taken');
  await at.glass.reads(ja.pay.sentBack);
  await at.glass.press('quit');
  await expectEnd(ja.ended.cancelled, 'returned');
  await goHome();
  repair(at.devices);
  expect(kept()).toEqual(nothing);
});

test('corrected at ⑩: straight to the item and back, the other answers stay, the fee follows', async () => {
  const use = come({ copies: 2, scope: 'household', items: ['relationship'] });
  await use.goOn('confirm');
  await at.glass.reads(ja.yen(2 * FEE_YEN));
  await at.glass.press('correct=copies');
  await at.glass.at('copies');
  await at.glass.press('copies=3');
  await at.glass.press('next');
  await at.glass.at('confirm');
  await at.glass.reads(ja.yen(3 * FEE_YEN));
  await at.glass.press('correct=items');
  await at.glass.at('items');
  await at.glass.press('item=relationship:off');
  // 前画面へ leaves the correction undone.
  await at.glass.press('back');
  await at.glass.at('confirm');
  await use.goOn('receipt');
  await goHome();
  expect(use.paper).toHaveLength(3);
  expect(kept()).toEqual({ keptYen: 3 * FEE_YEN, sheets: 3 });
});

const fromList = (lgCode: string, row: string) => [
  ...['other', 'region=invented', 'prefecture=架空県', `row=${row}`, `town=${lgCode}`],
];

test('another municipality from the list: its own people are served, others are told that their card does not go there', async () => {
  const own = come({ card: card('single', MUTEKI), town: fromList(MUTEKI, 'ま') });
  await own.goOn('receipt');
  await goHome();
  expect(own.paper).toHaveLength(1);
  expect(kept()).toEqual({ keptYen: 300, sheets: 1 });
  await come({ town: fromList(MUTEKI, 'ま') }).goOn('pin', 'card-away');
  await at.glass.page.keyboard.type(CARD_PIN);
  await at.glass.at('card-away');
  await at.hands.takeCard();
  await expectEnd(sentenceFor('MUNICIPALITY_NOT_PARTICIPATING', 'ja'), 'none-taken');
  await goHome();
});

test('a jam: the glass says so and waits, staff clear it, every sheet comes out', async () => {
  at.devices.printer.set({ jamAtSheet: 1 });
  const use = come({ copies: 2 });
  await use.goOn('print');
  await at.glass.reads(ja.status.faults['media-jam']);
  const text = await at.glass.text();
  expect(text).toContain(ja.print.states.stopped);
  expect(text).not.toContain(ja.print.states.printing);
  repair(at.devices);
  await use.goOn('receipt');
  await goHome();
  expect(use.paper).toHaveLength(2);
  expect(kept()).toEqual({ keptYen: 2 * FEE_YEN, sheets: 2 });
});

test('time is up: whoever asks for more gets it, whoever does not gets the money back', async () => {
  const use = come();
  await use.goOn('pay');
  await held.idleOver();
  await at.glass.reads(ja.moreTime.title);
  await at.glass.press('stay');
  at.hands.insert(100);
  await at.glass.reads(ja.yen(100));
  await held.idleOver();
  await at.glass.reads(ja.moreTime.title);
  await held.moreTimeOver();
  await expectEnd(ja.ended.cancelled, 'returned');
  await goHome();
  expect(kept()).toEqual(nothing);
});

test('closed: told before card and PIN, and why; a use that is under way when it closes ends honestly', async () => {
  await come().goOn('pin');
  stage.chain.setBusinessTime('2026-11-24T14:30:00.000Z');
  await at.glass.page.keyboard.type(CARD_PIN);
  await expectEnd(sentenceFor('SERVICE_CLOSED', 'ja'), 'none-taken');
  await at.hands.takeCard();
  await goHome();
  await at.glass.reads(ja.status.centerClosed);
  expect(await at.glass.buttons()).not.toContain('begin');
  stage.chain.setBusinessTime('2026-11-25T01:00:00.000Z');
  await at.glass.ready('begin');
  expect(kept()).toEqual(nothing);
});

test('a forgotten card is called for, and nobody else comes before it is away', async () => {
  await come().goOn('card-away');
  held.runAhead(30_000);
  await at.glass.reads(ja.cardAway.forgotten);
  await at.glass.press('quit');
  await at.glass.at('ended');
  await at.glass.reads(ja.ended.takeCard);
  expect(await at.glass.buttons()).not.toContain('done');
  await at.hands.takeCard();
  await at.glass.at('menu');
  expect(kept()).toEqual(nothing);
});

test('happy by keyboard alone; what a screen reader is told names every screen and every button', async () => {
  const glass = await keyboardGlassOf(at.glass.page);
  const use = come({ scope: 'household', items: ['relationship'] }, glass);
  await use.goOn('confirm');
  const spoken = (await glass.spoken()).join('\n');
  expect(spoken).toContain(`heading "${ja.headings.confirm}"`);
  expect(spoken).toContain(ja.yen(FEE_YEN));
  await use.goOn('receipt');
  expect((await glass.spoken()).join('\n')).toContain(`heading "${ja.headings.receipt}"`);
  await glass.press('done');
  await glass.at('menu');
  expect(use.paper).toHaveLength(1);
  for (const name of [ja.buttons.begin, ja.buttons.next, ja.buttons.taken, ja.buttons.done])
    expect(
      glass.heard.some((said) => said.startsWith('button') && said.includes(name)),
      name,
    ).toBe(true);
});

test.each([
  ['支援措置', 'USE_COUNTER', { card: () => card('protected') }],
  [
    'somebody else’s town',
    'MUNICIPALITY_NOT_PARTICIPATING',
    { card: () => card('couple'), town: fromList(MUTEKI, 'ま') },
  ],
  ['a PIN that is wrong three times', 'CARD_LOCKED', { card: () => card('couple'), pin: '0000' }],
] as const)(
  'refused by keyboard alone: %s; a screen reader is told why and about the money',
  async (_, code, wish) => {
    const glass = await keyboardGlassOf(at.glass.page);
    const use = come({ ...wish, card: wish.card() }, glass);
    if (code === 'CARD_LOCKED') {
      await use.goOn('pin');
      await use.act('pin');
      await glass.reads(ja.pin.triesLeft(2));
      await use.act('pin');
      await glass.press('last-try');
      await use.act('pin');
    }
    await (code === 'CARD_LOCKED' ? glass.at('ended') : use.goOn('ended'));
    const spoken = (await glass.spoken()).join('\n');
    expect(spoken).toMatch(/^heading "/m);
    expect(spoken).toContain(sentenceFor(code, 'ja'));
    expect(spoken).toContain(ja.ended.moneyEnds['none-taken']);
    await at.hands.takeCard();
    await glass.press('done');
    await glass.at('menu');
    expect(kept()).toEqual(nothing);
  },
  60_000,
);
