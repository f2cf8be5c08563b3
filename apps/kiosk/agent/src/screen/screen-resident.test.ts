import assert from 'node:assert/strict';
import { catalogues, languages } from '@machikado/ui';
import { describe, expect, test, vi } from 'vitest';
import type { Ports } from '../ports.ts';
import { household, kosekiRefs } from '../testing/fake-offers.ts';
import { IDLE, orderOf } from '../testing/screen-bench.ts';
import { keptYen, useScreenBenches } from '../testing/screen-benches.ts';
import { PIN } from '../testing/test-card.ts';
import { createTestKiosk, serve } from '../testing/test-kiosk.ts';

const bench = useScreenBenches();
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

  test.each([
    ['with change', {}, ['insert-money']],
    ['without change', { float: {} }, ['insert-exact-money', 'money-sent-back']],
  ] as const)('the voice says at ⑪ what can be put in: %s', async (_, coinUnit, lines) => {
    const one = await bench({ machine: { coinUnit } });
    await one.walkTo('pay');
    one.machine.front.coinUnit.insert(500);
    await one.until('pay', { where: ({ depositedYen, sentBack }) => depositedYen > 0 || sentBack });
    expect(one.spoken.map(({ phrase }) => phrase).filter((phrase) => phrase.includes('money'))).toEqual(lines);
  });

  test('whoever waits for long is told that the machine still works, on the glass and by voice; nobody else is', async () => {
    const kiosk = createTestKiosk();
    let answer = () => {};
    const heldUp = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const placeOrder: Ports['center']['placeOrder'] = async (order) => {
      await heldUp;
      return kiosk.center.placeOrder(order);
    };
    const one = await bench({ kiosk, machine: { ports: { center: { ...kiosk.center, placeOrder } } } });
    await one.walkTo('choose');
    one.press(orderOf());
    await one.until('busy', { where: ({ doing }) => doing === 'preparing' });
    const waits = () => one.spoken.filter(({ phrase }) => phrase === 'please-wait').length;
    await one.clock.advance(14_000);
    expect([one.scene(), waits()]).toMatchObject([{ step: 'busy', doing: 'preparing' }, 1]);
    expect(one.scene()).not.toHaveProperty('long');
    await one.clock.advance(1_000);
    expect([one.scene(), waits()]).toMatchObject([{ step: 'busy', doing: 'preparing', long: true }, 2]);
    answer();
    await one.until('pay');
    await one.clock.advance(60_000);
    expect([one.scene().step, waits()]).toEqual(['pay', 2]);
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

  test('whom no town knows by the 本籍 is asked ③ again, with no PIN, and gets the own town', async () => {
    const one = await bench();
    await one.walkTo('municipality');
    expect((await one.until('municipality')).domicile).toBeUndefined();
    one.press({ act: 'municipality', town: { role: 'registered-domicile' } });
    await one.pin();
    await one.until('municipality', { where: ({ domicile }) => domicile === 'unknown' });
    one.press({ act: 'municipality', town: { role: 'residence' } });
    await one.until('card-away');
    await one.machine.front.cardReader.takeAway();
    expect((await one.until('choose')).offers.lgCode).toBe('990019');
    expect(one.scenes.filter(({ step }) => step === 'pin')).toHaveLength(5);
  });

  test('whoever gives up when ③ is asked again leaves no session at the center', async () => {
    const one = await bench();
    const ended = vi.spyOn(one.machine.ports.center, 'endSession');
    await one.walkTo('municipality');
    one.press({ act: 'municipality', town: { role: 'registered-domicile' } });
    await one.pin();
    await one.until('municipality', { where: ({ domicile }) => domicile === 'unknown' });
    one.press(quit);
    await one.until('ended');
    expect(ended).toHaveBeenCalledOnce();
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

  test.each([
    [{ kind: 'tax-income' as const, fiscalYear: 2025 }],
    [{ kind: 'koseki-individual' as const, scope: 'part' as const, personRefs: kosekiRefs.slice(1) }],
  ])('what was chosen on the glass is what is ordered: %o', async (choice) => {
    const one = await bench();
    await one.walkTo('choose');
    one.press(orderOf(choice));
    await one.until('pay');
    const { act: _, ...chosen } = orderOf(choice);
    expect([...one.kiosk.center.orders.values()].map(({ order }) => order.selection)).toEqual([chosen]);
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

describe('two things at once', () => {
  const paid = async () => {
    const one = await bench();
    await one.walkTo('pay');
    for (const yen of [100, 100, 100]) one.machine.front.coinUnit.insert(yen);
    const { seq } = await one.until('pay', { where: ({ depositedYen }) => depositedYen === 300 });
    return { one, seq };
  };

  test('確定する and 中止する under the same number: the first counts, the second is told that it came too late', async () => {
    for (const [first, second] of [
      ['pay', 'quit'],
      ['quit', 'pay'],
    ] as const) {
      const { one, seq } = await paid();
      assert(one.press({ act: first }, seq));
      assert(!one.press({ act: second }, seq));
      await one.until(first === 'pay' ? 'take-paper' : 'ended', { passMs: 500 });
      expect(keptYen(one)).toBe(first === 'pay' ? 300 : 0);
      expect(one.kiosk.truths()).toEqual([]);
    }
  });

  test('確定する in the moment in which the time is up: either printed and charged, or neither', async () => {
    const isPaidAt: boolean[] = [];
    for (const lateMs of [-1, 0, 1]) {
      const { one, seq } = await paid();
      const press = () => one.press({ act: 'pay' }, one.scene().step === 'pay' ? one.scene().seq : seq);
      const wait = one.clock.sleep(IDLE.idleMs + IDLE.moreTimeMs + lateMs).then(press);
      await one.clock.advance(IDLE.idleMs + IDLE.moreTimeMs + 1);
      const isPaid = await wait;
      await one.until(isPaid ? 'take-paper' : 'ended', { passMs: 500 });
      isPaidAt.push(isPaid);
      expect(keptYen(one)).toBe(isPaid ? 300 : 0);
      expect(one.kiosk.truths()).toEqual([]);
    }
    expect([isPaidAt[0], isPaidAt[2]]).toEqual([true, false]);
  });

  test('a coin in the moment of 中止する comes back with the others', async () => {
    const { one, seq } = await paid();
    one.press(quit, seq);
    one.machine.front.coinUnit.insert(500);
    await one.until('ended');
    expect(keptYen(one)).toBe(0);
    expect(one.kiosk.truths()).toEqual([]);
  });

  test('a coin after 確定する is change', async () => {
    const { one, seq } = await paid();
    one.press({ act: 'pay' }, seq);
    one.machine.front.coinUnit.insert(500);
    expect((await one.until('take-paper', { passMs: 500 })).changeYen).toBe(500);
    expect(keptYen(one)).toBe(300);
    expect(one.kiosk.truths()).toEqual([]);
  });

  test('中止する while the order is made is heard by nobody, and can be pressed again at ⑪', async () => {
    let answer = () => {};
    const silence = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const before = (act: string) => (act === 'center.placeOrder' ? silence : undefined);
    const one = await bench({ machine: { between: { before } } });
    await one.walkTo('choose');
    const { seq } = one.scene();
    one.press(orderOf());
    assert(!one.press(quit, seq));
    await one.until('busy', { where: ({ doing }) => doing === 'preparing' });
    assert(!one.press(quit));
    answer();
    await one.until('pay');
    assert(one.press(quit));
    expect((await one.ended()).code).toBe('CANCELLED');
    expect(one.kiosk.truths()).toEqual([]);
  });

  test('switched off after 確定する: what is paid is printed, and the center hears of it', async () => {
    const { one, seq } = await paid();
    one.press({ act: 'pay' }, seq);
    one.stop();
    const turning = setInterval(() => void one.clock.advance(500), 1);
    const end = await one.ended();
    clearInterval(turning);
    expect([end.code, end.settlement?.chargedYen]).toEqual(['OK', 300]);
    expect(one.kiosk.truths()).toEqual([]);
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
    const said = one.spoken.map(({ phrase }) => phrase).filter((phrase) => /pin|try/.test(phrase));
    expect(said).toEqual(['enter-pin', 'wrong-pin', 'last-try']);
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

test.each(languages)('the voice speaks the language that was chosen, until the use is over: %s', async (language) => {
  const one = await bench();
  await one.until('menu');
  assert(one.press({ act: 'language', language }));
  assert(!one.press({ act: 'language', language: 'xx' }));
  await one.walkTo('card');
  const phrase = 'lay-down-card';
  expect(one.spoken.at(-1)).toEqual({ language, phrase, text: catalogues[language].voice[phrase] });
  one.press(quit);
  await one.ended();
  one.begin();
  await one.walkTo('card');
  expect(one.spoken.at(-1)?.language).toBe('ja');
});
