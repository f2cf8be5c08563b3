/** 取り忘れ: card, paper, change, money that comes back. */
import assert from 'node:assert/strict';
import { describe, expect, test } from 'vitest';
import { IDLE, orderOf } from '../testing/screen-bench.ts';
import { useScreenBenches } from '../testing/screen-benches.ts';
import { createTestKiosk } from '../testing/test-kiosk.ts';

const bench = useScreenBenches();
const quit = { act: 'quit' } as const;

describe('取り忘れ', () => {
  test('a card left at ⑤: the voice calls again and again, staff are told, and the use does not end before it is gone', async () => {
    const one = await bench();
    await one.walkTo('card-away');
    expect(one.lamp.at(-1)).toBe('attention');
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
    expect((await one.until('receipt')).cardInside).toBe(false);
    one.layDown();
    await one.clock.advance(1_000);
    expect((await one.until('receipt')).cardInside).toBe(true);
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
