/** What card, printer, center and an earlier use can do to whoever stands at the glass. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { orderReferenceOf, refuse } from '@machikado/protocol';
import { describe, expect, test } from 'vitest';
import { orderOf } from '../testing/screen-bench.ts';
import { keptYen, useScreenBenches } from '../testing/screen-benches.ts';
import { freshCardFile, testCard } from '../testing/test-card.ts';
import { createTestKiosk } from '../testing/test-kiosk.ts';

const bench = useScreenBenches();
const quit = { act: 'quit' } as const;

describe('cards', () => {
  test('two cards: the glass says so, and goes on when one lies there alone', async () => {
    const one = await bench();
    await one.walkTo('card');
    const second = testCard();
    one.layDown();
    one.layDown(second);
    await one.until('card', { where: ({ cards }) => cards === 'several' });
    await one.machine.front.cardReader.takeAway();
    one.layDown();
    await one.until('municipality');
  });

  test('a second card laid beside at ④: neither is used, and the glass says why', async () => {
    const one = await bench();
    await one.walkTo('pin');
    one.layDown();
    await one.pin();
    const { code, cardInside } = await one.until('ended');
    expect([code, cardInside]).toEqual(['CARDS_SEVERAL', true]);
    expect(one.kiosk.center.orders.size).toBe(0);
  });

  test('who quits while the card is read leaves no reading behind on the chip', async () => {
    const one = await bench();
    await one.walkTo('card');
    const card = testCard();
    const asked: Uint8Array[] = [];
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    one.layDown({
      ...card,
      async transmit(apdu) {
        asked.push(apdu);
        await held;
        return card.transmit(apdu);
      },
    });
    await one.until('card', { where: ({ cards }) => cards === 'reading' });
    one.press(quit);
    answer();
    await one.clock.advance(1_000);
    expect(asked).toHaveLength(1);
  });

  const causes = {
    CARD_EXPIRED: () => testCard(),
    CARD_LOCKED: () => testCard({ auth: { ...auth(), triesLeft: 0 } }),
    CARD_NOT_RENEWED: () => testCard({ auth: null }),
    CARD_DAMAGED: () => ({ ...testCard(), transmit: async () => Uint8Array.of(0x6f, 0) }),
    CARD_FOREIGN: () => testCard({ chip: 'foreign' }),
  } as const;
  const auth = () => {
    assert(freshCardFile.auth);
    return freshCardFile.auth;
  };
  test.each(Object.keys(causes) as (keyof typeof causes)[])('%s is told before any PIN', async (code) => {
    const one = await bench(code === 'CARD_EXPIRED' ? { now: '2031-06-01T03:00:00Z' } : {});
    await one.walkTo('card');
    one.layDown(causes[code]());
    const end = await one.until('ended');
    expect([end.code, end.money, end.cardInside]).toEqual([code, 'none-taken', true]);
    expect(one.scenes.some(({ step }) => step === 'pin')).toBe(false);
  });
});

describe('the printer', () => {
  test('a jam that staff clear: the glass says what it waits for, and printing goes on', async () => {
    const patience = { retries: 2, retryMs: 1000, printPollMs: 500, printStandstillMs: 120_000 };
    const kiosk = createTestKiosk({ sheets: 2 });
    const one = await bench({ kiosk, machine: { printer: { faults: { 2: 'jam' } }, ports: { patience } } });
    await one.walkTo('pay');
    for (const yen of [100, 100, 100]) one.machine.front.coinUnit.insert(yen);
    await one.until('pay', { where: ({ depositedYen }) => depositedYen === 300 });
    one.press({ act: 'pay' });
    const jammed = await one.until('print', { passMs: 500, where: ({ waitsFor }) => waitsFor !== undefined });
    expect(jammed.waitsFor).toBe('media-jam');
    expect(jammed.sheets.map(({ state }) => state)).toEqual(['out', 'printing']);
    expect(one.spoken.at(-1)?.phrase).toBe('call-staff');
    one.machine.front.printer.clear();
    await one.until('take-paper', { passMs: 500 });
    const states = one.scenes.flatMap((scene) =>
      scene.step === 'print' ? [scene.sheets.map(({ state }) => state)] : [],
    );
    expect(states[0]).toEqual(['waiting', 'waiting']);
    expect(states.at(-1)).toEqual(['out', 'out']);
    expect(one.kiosk.truths()).toEqual([]);
  });

  test('a jam that nobody clears: what came out is handed over, the rest is refunded, and the glass says so', async () => {
    const kiosk = createTestKiosk({ sheets: 1 });
    const one = await bench({ kiosk, machine: { printer: { faults: { 2: 'jam' } } } });
    await one.walkTo('choose');
    one.press(orderOf({ copies: 2, feeYen: 600 }));
    await one.until('pay');
    for (const yen of [500, 100]) one.machine.front.coinUnit.insert(yen);
    await one.until('pay', { where: ({ depositedYen }) => depositedYen === 600 });
    one.press({ act: 'pay' });
    await one.until('take-paper', { passMs: 500 });
    one.machine.front.printer.takePaper(one.machine.front.outDir);
    one.press({ act: 'taken' });
    const end = await one.until('ended', { passMs: 500 });
    expect([end.code, end.money, end.paperInside]).toEqual(['PRINTER_FAULT', 'refunded', true]);
    expect(end.reference).toMatch(/./);
    expect([end.charged, end.slip]).toEqual([{ yen: 300, copies: 1 }, true]);
    await one.clock.advance(60_000);
    expect(one.spoken.map(({ phrase }) => phrase)).toContain('take-receipt');
    expect(keptYen(one)).toBe(300);
    const receipt = readFileSync(join(kiosk.dir, 'receipts', '1.txt'), 'utf8');
    expect(receipt).toMatch(
      /^領収書\n\d{4}年\d{1,2}月\d{1,2}日 \d{1,2}:\d\d\n990019　証明書交付手数料\n1通　300円\n照会番号/,
    );
  });
});

test('a printer that goes away while somebody chooses: said before there is an order, and before any money', async () => {
  const kiosk = createTestKiosk();
  let away = false;
  const { ports, close } = await kiosk.powerOn();
  const status = async () => (away ? Promise.reject(new Error('away')) : ports.printer.status());
  const one = await bench({ kiosk, machine: { ports: { printer: { ...ports.printer, status } } } });
  await one.walkTo('choose');
  away = true;
  one.press(orderOf());
  const { code, money } = await one.until('ended');
  expect([code, money]).toEqual(['KIOSK_NOT_READY', 'none-taken']);
  expect(kiosk.center.orders.size).toBe(0);
  await close();
});

describe('① before anybody begins', () => {
  test('the center away is said, nobody can begin, and it is said again when it is back', async () => {
    const kiosk = createTestKiosk();
    let away = true;
    const center = new Proxy(kiosk.center, {
      get: (target, key) =>
        key === 'status' && away ? async () => refuse('TOO_BUSY', 'as the test asked') : Reflect.get(target, key),
    });
    const one = await bench({ kiosk, machine: { ports: { center } } });
    expect((await one.until('menu')).status).toBeNull();
    assert(!one.press({ act: 'begin' }));
    away = false;
    await one.until('menu', { passMs: 1_000, where: ({ status }) => status !== null });
    assert(one.press({ act: 'begin' }));
  });

  test('a center that can let nobody in is passed on to the glass, and nobody can begin until it can', async () => {
    const kiosk = createTestKiosk();
    const reason = 'revocation-unavailable' as const;
    let away = true;
    const status = async () => ({ ...(await kiosk.center.status()), ...(away && { open: false, reason }) });
    const one = await bench({ kiosk, machine: { ports: { center: { ...kiosk.center, status } } } });
    expect((await one.until('menu')).status).toMatchObject({ open: false, reason });
    assert(!one.press({ act: 'begin' }));
    away = false;
    await one.until('menu', { passMs: 1_000, where: (menu) => menu.status?.open === true });
    assert(one.press({ act: 'begin' }));
  });

  test('paper of another in the tray keeps the machine out of use until it is gone', async () => {
    const one = await bench({ begun: false });
    await one.machine.ports.printer.submit({ name: 'x', document: new Uint8Array(), pages: [1, 1], duplex: true });
    one.begin();
    await one.until('menu', { passMs: 1_000, where: ({ machine }) => machine.faults.includes('paper-in-tray') });
    assert(!one.press({ act: 'begin' }));
    one.machine.front.printer.takePaper(one.machine.front.outDir);
    await one.until('menu', { passMs: 1_000, where: ({ machine }) => machine.faults.length === 0 });
    assert(one.press({ act: 'begin' }));
  });

  test('what an earlier use left open is settled while the menu stands there', async () => {
    const one = await bench();
    await one.walkTo('pay');
    one.machine.front.coinUnit.insert(100);
    const { kiosk } = one;
    await one.machine.close();
    const next = await bench({ kiosk });
    const menu = await next.until('menu', { passMs: 1_000, where: ({ machine }) => machine.faults.length === 0 });
    expect(keptYen(next)).toBe(0);
    expect(kiosk.truths()).toEqual([]);
    const [end, ...more] = menu.late ?? [];
    expect(more).toEqual([]);
    expect(end).toMatchObject({ cameBackYen: 100, owedYen: 0, slip: false, paperInside: false });
    expect([...kiosk.center.orders.keys()].map(orderReferenceOf)).toContain(end?.reference);
    expect(next.spoken.map(({ phrase }) => phrase)).toEqual(['welcome', 'take-money']);
    expect(next.alarms).toEqual(['money-forgotten']);
  });

  test('what is owed of an earlier use: a slip is called for, and nothing lies in the return slot', async () => {
    const one = await bench();
    await one.walkTo('pay');
    for (const yen of [100, 100, 100]) one.machine.front.coinUnit.insert(yen);
    await one.until('pay', { where: ({ depositedYen }) => depositedYen === 300 });
    one.press({ act: 'pay' });
    await one.until('print');
    await one.machine.close();
    const machine = { coinUnit: { outOfChange: true }, printer: { unfinished: 'aborted' } } as const;
    const next = await bench({ kiosk: one.kiosk, machine });
    const { late } = await next.until('menu', { passMs: 1_000, where: (menu) => menu.late !== undefined });
    expect(late).toMatchObject([{ owedYen: 300, cameBackYen: 0, slip: true }]);
    expect(next.spoken.map(({ phrase }) => phrase)).toEqual(['welcome', 'take-receipt']);
    expect(next.alarms).toEqual([]);
  });

  test('of a use that was cut off long ago only the alarm speaks', async () => {
    const one = await bench();
    await one.walkTo('pay');
    one.machine.front.coinUnit.insert(100);
    await one.machine.close();
    const next = await bench({ kiosk: one.kiosk, now: '2026-06-01T06:00:00Z' });
    await next.until('menu', { passMs: 1_000, where: ({ machine }) => machine.faults.length === 0 });
    expect(keptYen(next)).toBe(0);
    expect(next.scenes.some((scene) => scene.step === 'menu' && scene.late)).toBe(false);
    expect(next.spoken.map(({ phrase }) => phrase)).toEqual(['welcome']);
    expect(next.alarms).toEqual(['money-forgotten']);
  });

  test('what became of an earlier use is no longer told to the next person, nor after five minutes', async () => {
    for (const leave of ['somebody begins', 'time passes'] as const) {
      const one = await bench();
      await one.walkTo('pay');
      one.machine.front.coinUnit.insert(100);
      await one.machine.close();
      const next = await bench({ kiosk: one.kiosk });
      await next.until('menu', { passMs: 1_000, where: ({ late }) => late !== undefined });
      if (leave === 'somebody begins') {
        await next.until('menu', { passMs: 1_000, where: ({ machine }) => machine.faults.length === 0 });
        assert(next.press({ act: 'begin' }));
        await next.until('card');
        next.press(quit);
        await next.ended();
        next.begin();
        expect((await next.until('menu')).late).toBeUndefined();
      } else {
        await next.clock.advance(4 * 60_000);
        expect((await next.until('menu')).late).toHaveLength(1);
        await next.clock.advance(60_000);
        await next.until('menu', { passMs: 1_000, where: ({ late }) => late === undefined });
      }
    }
  });
});
