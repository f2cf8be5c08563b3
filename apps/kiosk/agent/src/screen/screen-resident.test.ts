import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { refuse } from '@machikado/protocol';
import { physicalTruth } from '@machikado/simulators';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { household } from '../testing/fake-center.ts';
import { IDLE, openScreenBench, orderOf, type ScreenBench } from '../testing/screen-bench.ts';
import { freshCardFile, PIN, testCard } from '../testing/test-card.ts';
import { createTestKiosk, serve } from '../testing/test-kiosk.ts';

const benches: ScreenBench[] = [];
afterEach(async () => {
  for (const { kiosk, machine, stop } of benches.splice(0)) {
    stop();
    await machine.close().catch(() => undefined);
    rmSync(kiosk.dir, { recursive: true, force: true });
  }
});
async function bench(options: Parameters<typeof openScreenBench>[0] = {}): Promise<ScreenBench> {
  const one = await openScreenBench(options);
  benches.push(one);
  one.begin();
  return one;
}
const keptYen = ({ kiosk }: ScreenBench) => {
  const { insertedYen, returnedYen, dispensedYen } = physicalTruth(kiosk.dir).cash;
  return insertedYen - returnedYen - dispensedYen;
};
const quit = { act: 'quit' } as const;

describe('a person at the glass', () => {
  test('walks from ① to ⑭: pays, takes the paper, has a receipt, and the next one finds ①', async () => {
    const one = await bench();
    await one.walkTo('receipt');
    const { printed, copies, chargedYen, owedYen } = await one.until('receipt');
    expect({ printed, copies, chargedYen, owedYen }).toEqual({ printed: true, copies: 1, chargedYen: 300, owedYen: 0 });
    one.press({ act: 'done' });
    expect((await one.ended()).code).toBe('OK');
    expect(keptYen(one)).toBe(300);
    expect(one.kiosk.truths()).toEqual([]);
    const { use } = one.scene();
    one.begin();
    expect((await one.until('menu')).use).not.toBe(use);
  });

  test('scenes come under rising numbers, and an act for one that is over is dropped', async () => {
    const one = await bench();
    const menu = await one.until('menu');
    assert(one.press({ act: 'begin' }));
    assert(!one.press({ act: 'begin' }, menu.seq), 'the second finger on the same button');
    await one.until('card');
    assert(!one.press(quit, menu.seq));
    assert(!one.press({ act: 'pay' }), 'no such button here');
    const numbers = one.scenes.map(({ seq }) => seq);
    expect(numbers).toEqual(numbers.map((_, i) => (numbers[0] ?? 0) + i));
  });

  test('the payment counts once, however often it is confirmed', async () => {
    const one = await bench();
    await one.walkTo('pay');
    assert(!one.press({ act: 'pay' }), 'not enough yet');
    for (const yen of [100, 500]) one.machine.front.coinUnit.insert(yen);
    const { seq } = await one.until('pay', { where: ({ depositedYen }) => depositedYen === 600 });
    assert(one.press({ act: 'pay' }, seq));
    assert(!one.press({ act: 'pay' }, seq));
    const { changeYen } = await one.until('take-paper', { passMs: 500 });
    expect(changeYen).toBe(300);
    expect(keptYen(one)).toBe(300);
    expect(one.kiosk.truths()).toEqual([]);
  });

  test('前画面へ at ④ goes back to ③, and another municipality may be chosen', async () => {
    const one = await bench();
    await one.walkTo('pin');
    one.press({ act: 'digit', digit: '1' });
    one.press({ act: 'back' });
    await one.until('municipality');
    one.press({ act: 'municipality', town: { lgCode: '990019' } });
    expect((await one.until('pin')).digits).toBe(0);
    await one.pin();
    await one.until('card-away');
  });

  test('訂正 at ④ takes all digits back', async () => {
    const one = await bench();
    await one.walkTo('pin');
    await one.pin('99');
    await one.until('pin', { where: ({ digits }) => digits === 2 });
    one.press({ act: 'clear' });
    await one.pin();
    await one.until('card-away');
  });

  test('a fee that was not the one shown is refused, and nothing is asked for', async () => {
    const one = await bench();
    await one.walkTo('choose');
    one.press(orderOf({ feeYen: 100 }));
    const { code, money } = await one.until('ended');
    expect([code, money]).toEqual(['FEE_CHANGED', 'none-taken']);
  });

  test('a refusal shows code, money and reference', async () => {
    const one = await bench({ kiosk: createTestKiosk({ refuseOrderWith: 'USE_COUNTER' }) });
    await one.walkTo('choose');
    one.press(orderOf());
    const { code, money, reference, cardInside, paperInside } = await one.until('ended');
    expect([code, money, cardInside, paperInside]).toEqual(['USE_COUNTER', 'none-taken', false, false]);
    expect(reference).toMatch(/./);
    one.press({ act: 'done' });
    expect((await one.ended()).code).toBe('USE_COUNTER');
  });
});

describe('the PIN', () => {
  test('wrong digits say how many tries are left, the last one is spent only by agreement, and then the card is locked', async () => {
    const one = await bench();
    await one.walkTo('pin');
    for (const triesLeft of [2, 1]) {
      await one.pin('0000');
      const { wrong } = await one.until('pin', { where: (pad) => pad.triesLeft === triesLeft });
      expect(wrong).toBe(true);
    }
    await one.pin('000');
    await one.until('pin', { where: ({ digits }) => digits === 3 });
    assert(!one.press({ act: 'digit', digit: '0' }), 'nobody agreed to spend the last try');
    assert(one.press({ act: 'last-try' }));
    assert(one.press({ act: 'digit', digit: '0' }));
    const { code, cardInside } = await one.until('ended');
    expect([code, cardInside]).toEqual(['CARD_LOCKED', true]);
  });

  test('a digit is counted under one number only', async () => {
    const one = await bench();
    await one.walkTo('pin');
    const { seq } = await one.until('pin');
    assert(one.press({ act: 'digit', digit: '8' }, seq));
    assert(!one.press({ act: 'digit', digit: '8' }, seq));
    expect((await one.until('pin')).digits).toBe(1);
  });

  test('neither scenes nor voice nor the center ever hold it', async () => {
    const one = await bench();
    await one.walkTo('receipt');
    const said = JSON.stringify([one.scenes, one.spoken, one.kiosk.center.heard]).replaceAll(
      /[0-9a-f]{16,}|[A-Za-z0-9+/=]{40,}/g,
      '',
    );
    assert(!said.includes(PIN));
    const voice = JSON.stringify(one.spoken);
    for (const name of household) assert(!voice.includes(name));
    expect(voice).not.toMatch(/\d/);
  });

  test('a card taken away too early ends the use and says so', async () => {
    for (const step of ['municipality', 'pin'] as const) {
      const one = await bench();
      await one.walkTo(step);
      await one.machine.front.cardReader.takeAway();
      expect((await one.until('ended')).code).toBe('CARD_REMOVED');
    }
  });
});

describe('終了する', () => {
  const steps = ['card', 'municipality', 'pin', 'card-away', 'choose', 'pay'] as const;
  test.each(steps)('at “%s”: nothing is charged, the card is asked back, the next one is served', async (step) => {
    const one = await bench();
    await one.walkTo(step);
    assert(one.press(quit));
    const inside = ['municipality', 'pin', 'card-away'].includes(step);
    if (inside) {
      const { cardInside } = await one.until('ended');
      expect(cardInside).toBe(true);
      assert(!one.press({ act: 'done' }), 'not before the card is gone');
      await one.machine.front.cardReader.takeAway();
      await one.clock.advance(500);
    }
    expect((await one.ended()).code).toBe('CANCELLED');
    expect(keptYen(one)).toBe(0);
    expect(one.kiosk.truths()).toEqual([]);
    await one.machine.close();
    expect((await serve(await one.kiosk.powerOn())).code).toBe('OK');
  });

  test('at ⑪ with money in: the very coins come back, and the glass says so', async () => {
    const one = await bench();
    await one.walkTo('pay');
    one.machine.front.coinUnit.insert(100);
    await one.until('pay', { where: ({ depositedYen }) => depositedYen === 100 });
    one.press(quit);
    expect((await one.until('ended')).money).toBe('returned');
    expect(keptYen(one)).toBe(0);
    one.press({ act: 'done' });
    expect((await one.ended()).code).toBe('CANCELLED');
  });
});

describe('nobody there any more', () => {
  const steps = ['card', 'municipality', 'pin', 'card-away', 'choose', 'pay'] as const;
  test.each(steps)('at “%s”: first a question that counts down, then the use is given up', async (step) => {
    const one = await bench();
    await one.walkTo(step);
    await one.clock.advance(IDLE.idleMs);
    expect(one.scene()).toMatchObject({ step, endsInSeconds: 30 });
    expect(one.spoken.some(({ phrase }) => phrase === 'more-time')).toBe(true);
    await one.clock.advance(10_000);
    expect(one.scene()).toMatchObject({ step, endsInSeconds: 20 });
    await one.clock.advance(20_000);
    await one.machine.front.cardReader.takeAway();
    await one.clock.advance(500);
    expect((await one.ended()).code).toBe('CANCELLED');
    expect(one.kiosk.truths()).toEqual([]);
  });

  test.each(steps)('at “%s”: who says “stay” has all the time again', async (step) => {
    const one = await bench();
    await one.walkTo(step);
    for (let n = 0; n < 3; n += 1) {
      await one.clock.advance(IDLE.idleMs + 15_000);
      expect(one.scene()).toMatchObject({ step, endsInSeconds: 15 });
      assert(one.press({ act: 'stay' }));
      await one.clock.advance(0);
      expect(one.scene().endsInSeconds).toBeUndefined();
    }
    await one.clock.advance(IDLE.idleMs - 1);
    expect(one.scene()).toMatchObject({ step });
    expect(one.scene().endsInSeconds).toBeUndefined();
  });

  test('the digits that were entered are zeroed', async () => {
    const fill = vi.spyOn(Uint8Array.prototype, 'fill');
    const one = await bench();
    await one.walkTo('pin');
    await one.pin('830');
    fill.mockClear();
    await one.clock.advance(IDLE.idleMs + IDLE.moreTimeMs);
    expect((await one.until('ended')).code).toBe('CANCELLED');
    const zeroed = fill.mock.contexts.filter((bytes) => (bytes as Uint8Array).length === 4);
    fill.mockRestore();
    expect(zeroed).toEqual([Uint8Array.of(0, 0, 0, 0)]);
    expect(one.kiosk.center.heard).toEqual([]);
  });

  test('a touch of the language is a touch', async () => {
    const one = await bench();
    await one.walkTo('card');
    await one.clock.advance(IDLE.idleMs + 5_000);
    assert(one.press({ act: 'language', language: 'en' }));
    await one.clock.advance(0);
    expect(one.scene().endsInSeconds).toBeUndefined();
  });
});

describe('取り忘れ', () => {
  test('a card left at ⑤: the voice calls again and again, staff are told, and the use does not end before it is gone', async () => {
    const one = await bench();
    await one.walkTo('card-away');
    await one.clock.advance(10_000);
    expect(await one.until('card-away')).toMatchObject({ reminded: true });
    expect(one.lamp.at(-1)).toBe('attention');
    await one.clock.advance(IDLE.idleMs + IDLE.moreTimeMs);
    await one.until('ended');
    const calls = () => one.spoken.filter(({ phrase }) => phrase === 'take-card').length;
    const before = calls();
    await one.clock.advance(IDLE.idleMs);
    expect(calls()).toBeGreaterThan(before + 5);
    expect(one.alarms).toContain('card-forgotten');
    await one.machine.front.cardReader.takeAway();
    await one.clock.advance(500);
    expect((await one.ended()).code).toBe('CANCELLED');
    expect(one.lamp.at(-1)).toBe('off');
  });

  test('a card that lies there again at ⑭ is not the next person’s: the use goes on until it is gone', async () => {
    const one = await bench();
    await one.walkTo('receipt');
    one.layDown();
    await one.clock.advance(1_000);
    assert(!one.press({ act: 'done' }));
    await one.clock.advance(IDLE.idleMs);
    await one.until('receipt');
    expect(one.spoken.at(-1)?.phrase).toBe('take-card');
    await one.machine.front.cardReader.takeAway();
    await one.clock.advance(1_000);
    expect((await one.ended()).code).toBe('OK');
  });

  test('the voice goes on until the paper is gone and the button was pressed', async () => {
    const one = await bench();
    await one.walkTo('take-paper');
    const calls = () => one.spoken.filter(({ phrase }) => phrase === 'take-paper').length;
    one.press({ act: 'taken' });
    await one.clock.advance(60_000);
    expect(await one.until('take-paper')).toMatchObject({ paperTaken: false });
    expect(calls()).toBeGreaterThan(5);
    await one.clock.advance(60_000);
    expect(one.alarms).toContain('paper-forgotten');
    one.machine.front.printer.takePaper(one.machine.front.outDir);
    await one.until('receipt', { passMs: 500 });
  });

  test('paper that is gone without the button ends the calling after a while', async () => {
    const one = await bench();
    await one.walkTo('take-paper');
    one.machine.front.printer.takePaper(one.machine.front.outDir);
    await one.until('take-paper', { passMs: 500, where: ({ paperTaken }) => paperTaken });
    await one.clock.advance(IDLE.moreTimeMs);
    await one.until('receipt', { passMs: 500 });
  });

  test('a tray without an eye: the button counts, and nothing else', async () => {
    const kiosk = createTestKiosk();
    const { ports, close } = await kiosk.powerOn();
    const printer = { ...ports.printer, trayEmpty: async () => 'unknown' as const };
    await close();
    const one = await bench({ kiosk, machine: { ports: { printer } } });
    await one.walkTo('take-paper');
    await one.clock.advance(IDLE.idleMs + IDLE.moreTimeMs);
    await one.until('take-paper');
    one.press({ act: 'taken' });
    await one.until('receipt', { passMs: 500 });
  });
});

describe('取り忘れ of money', () => {
  test('a deposit that comes back is called for until it is acknowledged', async () => {
    const one = await bench();
    await one.walkTo('pay');
    one.machine.front.coinUnit.insert(100);
    await one.until('pay', { where: ({ depositedYen }) => depositedYen === 100 });
    one.press(quit);
    await one.until('ended');
    const calls = () => one.spoken.filter(({ phrase }) => phrase === 'take-money').length;
    await one.clock.advance(60_000);
    expect(calls()).toBeGreaterThan(5);
    expect(one.alarms).toEqual([]);
    assert(one.press({ act: 'done' }));
    expect((await one.ended()).code).toBe('CANCELLED');
    expect(one.alarms).toEqual([]);
  });

  test('one that nobody acknowledges is told to staff, and the machine serves again', async () => {
    const one = await bench();
    await one.walkTo('pay');
    one.machine.front.coinUnit.insert(100);
    await one.until('pay', { where: ({ depositedYen }) => depositedYen === 100 });
    await one.clock.advance(IDLE.idleMs + IDLE.moreTimeMs);
    await one.until('ended');
    await one.clock.advance(IDLE.idleMs);
    expect((await one.ended()).code).toBe('CANCELLED');
    expect(one.alarms).toEqual(['money-forgotten']);
  });

  test('a card and money: the voice calls for the one and the other', async () => {
    const one = await bench();
    await one.walkTo('pay');
    one.machine.front.coinUnit.insert(100);
    await one.until('pay', { where: ({ depositedYen }) => depositedYen === 100 });
    one.layDown();
    one.press(quit);
    await one.until('ended');
    await one.clock.advance(20_000);
    expect(one.spoken.slice(-3).map(({ phrase }) => phrase)).toEqual(['take-card', 'take-money', 'take-card']);
  });

  test('nobody put any in: nothing is called for', async () => {
    const one = await bench({ kiosk: createTestKiosk({ refuseOrderWith: 'USE_COUNTER' }) });
    await one.walkTo('choose');
    one.press(orderOf());
    await one.until('ended');
    await one.clock.advance(20_000);
    expect(one.spoken.at(-1)?.phrase).toBe('ended-early');
  });

  test('a center that keeps silent at the end keeps nobody from paper, change and receipt', async () => {
    let answer = () => {};
    const silence = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const before = (act: string) => (act === 'center.reportOutcome' ? silence : undefined);
    const one = await bench({ machine: { between: { before } } });
    await one.walkTo('receipt');
    one.press({ act: 'done' });
    expect((await one.until('busy')).doing).toBe('settling');
    answer();
    expect((await one.ended()).settlement?.as).toBe('settled');
    expect(one.kiosk.truths()).toEqual([]);
  });

  test('change is called for even from whoever takes the paper at once', async () => {
    const before = (act: string) => {
      if (act !== 'center.reportOutcome') return;
      const { printer, outDir } = one.machine.front;
      printer.takePaper(outDir);
    };
    const one = await bench({ machine: { between: { before } } });
    await one.walkTo('pay');
    one.machine.front.coinUnit.insert(500);
    await one.until('pay', { where: ({ depositedYen }) => depositedYen === 500 });
    one.press({ act: 'pay' });
    const { changeYen } = await one.until('take-paper', { passMs: 500, where: ({ paperTaken }) => paperTaken });
    expect(changeYen).toBe(200);
    await one.clock.advance(10_000);
    expect(one.spoken.at(-1)?.phrase).toBe('take-change');
    one.press({ act: 'taken' });
    await one.until('receipt', { passMs: 500 });
  });
});

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
    expect(keptYen(one)).toBe(300);
    expect(readFileSync(join(kiosk.dir, 'receipts', '1.txt'), 'utf8')).toMatch(/300円（1通）/);
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

  test('paper of another in the tray keeps the machine out of use until it is gone', async () => {
    const one = await openScreenBench();
    benches.push(one);
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
    await next.until('menu', { passMs: 1_000, where: ({ machine }) => machine.faults.length === 0 });
    expect(keptYen(next)).toBe(0);
    expect(kiosk.truths()).toEqual([]);
  });
});

test('switched off in the middle of a use: the money goes back, nobody is asked any more', async () => {
  const one = await bench();
  await one.walkTo('pay');
  one.machine.front.coinUnit.insert(100);
  await one.until('pay', { where: ({ depositedYen }) => depositedYen === 100 });
  one.stop();
  expect((await one.ended()).code).toBe('CANCELLED');
  expect(keptYen(one)).toBe(0);
  expect(one.kiosk.truths()).toEqual([]);
});

test('the voice speaks the language that was chosen, until the use is over', async () => {
  const one = await bench();
  await one.until('menu');
  assert(one.press({ act: 'language', language: 'en' }));
  assert(!one.press({ act: 'language', language: 'xx' }));
  await one.walkTo('card');
  expect(one.spoken.at(-1)?.language).toBe('en');
  one.press(quit);
  await one.ended();
  one.begin();
  await one.walkTo('card');
  expect(one.spoken.at(-1)?.language).toBe('ja');
});
