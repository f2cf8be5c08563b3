import type { SceneOfStep } from '@machikado/protocol';
import type { ScreenName } from '@machikado/ui';
import { describe, expect, test, vi } from 'vitest';
import { createActor, SimulatedClock } from 'xstate';
import { type ButtonName, buttonsOf, pressesOf } from './buttons.ts';
import { screenMachine, settingsForgottenMs } from './machine.ts';
import { freshContext } from './machine-actions.ts';
import { usualSettings } from './screen-context.ts';
import { manyOffers, offers, openGlass, scenes, secretName, towns } from './testing/scenes.ts';

const screenOf = ({ actor }: ReturnType<typeof openGlass>) => actor.getSnapshot().value;
const contextOf = ({ actor }: ReturnType<typeof openGlass>) => actor.getSnapshot().context;
const actsOf = ({ emitted }: ReturnType<typeof openGlass>) =>
  emitted.flatMap((event) => (event.type === 'act' ? [event.act] : []));

describe('the table of buttons', () => {
  /** From every scene along every press: which buttons were met, and what each did. */
  function walkEverywhere() {
    const met = new Set<string>();
    const dead: string[] = [];
    for (const scene of Object.values(scenes) as SceneOfStep[]) {
      const seen = new Set<string>();
      const open: string[][] = [[]];
      for (let path = open.shift(); path; path = open.shift()) {
        const glass = openGlass();
        glass.tell(scene);
        glass.press(...path);
        const { value, context } = glass.actor.getSnapshot();
        const key = JSON.stringify([
          value,
          context.choices,
          context.beforeCorrection,
          context.lastTryAgreed,
          [context.region, context.prefecture, context.row, context.kindGroup],
        ]);
        if (seen.has(key) || path.length > 8) continue;
        seen.add(key);
        for (const { type, value: pressed } of pressesOf(value, context)) {
          if (type === 'text-size' || type === 'contrast' || type === 'language') continue;
          met.add(`${value} ${type}`);
          const before = glass.emitted.length;
          const next = [...path, `${type} ${pressed}`];
          const other = openGlass();
          other.tell(scene);
          other.press(...next);
          const moved = JSON.stringify(other.actor.getSnapshot()) !== JSON.stringify(glass.actor.getSnapshot());
          if (!moved && other.emitted.length === before && !isChosenAlready(type))
            dead.push(`${value} ${next.join(', ')}`);
          open.push(next);
        }
      }
    }
    return { met, dead };
  }
  const isChosenAlready = (type: ButtonName) => ['kind', 'scope', 'year', 'item', 'copies', 'row'].includes(type);

  test('every button of it can be reached, and none of them is dead', () => {
    const { met, dead } = walkEverywhere();
    const all = Object.entries(buttonsOf).flatMap(([screen, buttons]) =>
      Object.keys(buttons)
        .filter((type) => !['text-size', 'contrast', 'language'].includes(type))
        .map((type) => `${screen} ${type}`),
    );
    expect([...met].sort()).toEqual(all.sort());
    expect(dead).toEqual([]);
  });

  test('what is not in it does nothing', () => {
    const glass = openGlass();
    glass.tell(scenes.choose);
    const before = JSON.stringify(glass.actor.getSnapshot());
    glass.press('next', 'order', 'kind seal-registration', 'back', 'pay', 'digit 1', 'town 990019', 'copies 99');
    expect(JSON.stringify(glass.actor.getSnapshot())).toBe(before);
    expect(glass.emitted).toEqual([]);
  });

  test('begin is there only when machine and center work', () => {
    const glass = openGlass();
    const can = () => pressesOf('menu', contextOf(glass)).some(({ type }) => type === 'begin');
    glass.tell(scenes.menu);
    expect(can()).toBe(true);
    glass.tell({ ...scenes.menu, machine: { faults: ['media-empty'], warnings: [] } });
    expect(can()).toBe(false);
    glass.tell({ ...scenes.menu, status: null });
    expect(can()).toBe(false);
    glass.tell({ ...scenes.menu, status: { ...scenes.menu.status, open: false } });
    expect(can()).toBe(false);
    glass.tell({ ...scenes.menu, machine: { faults: [], warnings: ['no-change'] } });
    expect(can()).toBe(true);
  });

  test('under the question for more time there is nothing else to press', () => {
    const glass = openGlass();
    glass.tell(scenes.choose, { endsInSeconds: 30 });
    expect(pressesOf('kind', contextOf(glass)).map(({ type }) => type)).toEqual(['quit', 'stay']);
    glass.press('kind resident-record', 'stay');
    expect(actsOf(glass)).toEqual([{ act: 'stay', seq: 1 }]);
    expect(contextOf(glass).choices.kind).toBeUndefined();
  });

  test('payment cannot be confirmed before the fee is there', () => {
    const glass = openGlass();
    glass.tell({ ...scenes.pay, depositedYen: 490 });
    glass.press('pay');
    expect(glass.emitted).toEqual([]);
    // The machine sends back what it has no change for: what lies there has its change.
    glass.tell({ ...scenes.pay, depositedYen: 1000, change: 'exact-only' });
    glass.press('pay');
    expect(actsOf(glass)).toEqual([{ act: 'pay', seq: 2 }]);
  });
});

describe('scenes', () => {
  test('each opens its screen from wherever the glass is', () => {
    const opens: readonly [SceneOfStep, ScreenName][] = (Object.values(scenes) as SceneOfStep[]).map((scene) => [
      scene,
      scene.step === 'choose' ? 'kind' : scene.step,
    ]);
    for (const [from] of opens)
      for (const [to, screen] of opens) {
        const glass = openGlass();
        glass.tell(from);
        glass.tell(to);
        expect(screenOf(glass), `${from.step} → ${to.step}`).toBe(screen);
      }
  });

  test('one that is over is dropped', () => {
    const glass = openGlass();
    glass.tell(scenes.card, { seq: 8 });
    glass.tell(scenes.menu, { seq: 7 });
    expect(screenOf(glass)).toBe('card');
  });

  test('one that this screen does not know closes the glass', () => {
    const glass = openGlass();
    glass.tell(scenes.choose);
    glass.tell({ step: 'fortune-telling' } as unknown as SceneOfStep);
    expect(screenOf(glass)).toBe('disconnected');
    expect(contextOf(glass).scene).toBeNull();
  });

  test('told anew they leave the walk through ③ and ⑥–⑩ where it is', () => {
    const glass = openGlass();
    glass.tell(scenes.choose);
    glass.press('kind resident-record', 'next');
    glass.tell(scenes.choose, { endsInSeconds: 20 });
    expect(screenOf(glass)).toBe('scope');
    glass.tell(scenes.municipality);
    glass.press('other', 'region invented');
    glass.tell(scenes.municipality);
    expect(screenOf(glass)).toBe('prefecture');
  });

  test('other offers begin anew at ⑥', () => {
    const glass = openGlass();
    glass.tell(scenes.choose);
    glass.press('kind resident-record', 'next', 'scope self');
    glass.tell({ ...scenes.choose, offers: { ...offers, lgCode: '990027' } });
    expect(screenOf(glass)).toBe('kind');
    expect(contextOf(glass).choices.scope).toBeUndefined();
  });

  test('an act names the scene that it answers', () => {
    const glass = openGlass();
    glass.tell(scenes.menu, { seq: 41 });
    glass.press('begin');
    expect(actsOf(glass)).toEqual([{ act: 'begin', seq: 41 }]);
  });
});

describe('⑥ to ⑩', () => {
  const toConfirm = ['kind resident-record', 'next', 'scope self', 'next', 'next', 'copies 3', 'next'];
  const atConfirm = () => {
    const glass = openGlass();
    glass.tell(scenes.choose);
    glass.press(...toConfirm);
    expect(screenOf(glass)).toBe('confirm');
    return glass;
  };

  test('the order says what was chosen, and the fee as shown', () => {
    const glass = atConfirm();
    glass.press('order');
    expect(actsOf(glass)).toEqual([
      {
        ...{ act: 'order', seq: 1, kind: 'resident-record', scope: 'self' },
        ...{ personRefs: ['a'.repeat(32)], items: [], copies: 3, feeYen: 750 },
      },
    ]);
  });

  test.each([
    ['kind', ['next']],
    ['items', ['item relationship:on', 'next']],
    ['copies', ['copies 1', 'next']],
    ['scope', ['scope household', 'next']],
  ])('a correction of %s comes back to ⑩', (step, presses) => {
    const glass = atConfirm();
    glass.press(`correct ${step}`);
    expect(screenOf(glass)).toBe(step);
    glass.press(...presses);
    expect(screenOf(glass)).toBe('confirm');
  });

  test('a correction that leaves something open asks for that first', () => {
    const glass = atConfirm();
    glass.press('correct scope', 'scope part', 'next');
    expect(screenOf(glass)).toBe('persons');
    glass.press(`person ${'b'.repeat(32)}`, 'next');
    expect(screenOf(glass)).toBe('confirm');
    glass.press('order');
    expect(actsOf(glass)).toMatchObject([{ personRefs: ['b'.repeat(32)], copies: 3 }]);
  });

  test('前画面へ within a correction leaves everything as it was', () => {
    const glass = atConfirm();
    const before = contextOf(glass).choices;
    glass.press('correct scope', 'scope part', 'next', `person ${'b'.repeat(32)}`, 'back');
    expect(screenOf(glass)).toBe('confirm');
    expect(contextOf(glass).choices).toEqual(before);
  });

  test('前画面へ walks the way back and keeps what was chosen', () => {
    const glass = atConfirm();
    glass.press('back', 'back', 'back', 'back');
    expect(screenOf(glass)).toBe('kind');
    expect(contextOf(glass).choices.copies).toBe(3);
  });

  test('a step with nothing to choose is skipped', () => {
    const glass = openGlass();
    const [offer] = offers.offers;
    if (!offer) throw new Error('no offer');
    const plain = { ...offer, scopes: ['self' as const], items: [], copiesMax: 1 };
    glass.tell({ ...scenes.choose, offers: { ...offers, offers: [plain] } });
    glass.press('kind resident-record', 'next');
    expect(screenOf(glass)).toBe('confirm');
    glass.press('order');
    expect(actsOf(glass)).toMatchObject([{ scope: 'self', items: [], copies: 1, feeYen: 250 }]);
  });

  test('of many kinds those of one group are behind one entry, and 前画面へ leads back to the list', () => {
    const glass = openGlass();
    glass.tell(scenes.chooseAmongMany);
    const entries = () =>
      pressesOf('kind', contextOf(glass)).flatMap(({ type, value }) => (/kind|group/.test(type) ? [value] : []));
    expect(entries()).toEqual(['resident-record', 'seal-registration', 'koseki-address-history', 'tax', 'koseki']);
    glass.press('group koseki', 'kind tax-income', 'kind koseki-individual', 'back');
    expect([screenOf(glass), contextOf(glass).choices.kind]).toEqual(['kind', 'koseki-individual']);
    glass.press('group tax', 'kind tax-payment', 'next');
    expect(screenOf(glass)).toBe('confirm');
  });

  test('of few kinds each is an entry of its own, whatever its group', () => {
    const glass = openGlass();
    glass.tell({ ...scenes.choose, offers: { ...manyOffers, offers: manyOffers.offers.slice(-3) } });
    expect(pressesOf('kind', contextOf(glass)).map(({ value }) => value)).toContain('koseki-full');
    glass.press('kind koseki-full', 'next');
    expect(screenOf(glass)).toBe('confirm');
  });

  const amongMany = (...presses: readonly string[]) => {
    const glass = openGlass();
    glass.tell(scenes.chooseAmongMany);
    glass.press(...presses);
    return glass;
  };
  const toYear = ['group tax', 'kind tax-income', 'next'];

  test('the 年度 is asked for where there are several, and stands in the order', () => {
    const glass = amongMany(...toYear, 'next');
    expect(screenOf(glass)).toBe('year');
    glass.press('year 2024', 'year 2025', 'next', 'order');
    expect(actsOf(glass)).toMatchObject([{ kind: 'tax-income', fiscalYear: 2025, items: [], feeYen: 300 }]);
    const only = amongMany('group tax', 'kind tax-payment', 'next', 'order');
    expect(actsOf(only)).toMatchObject([{ kind: 'tax-payment', fiscalYear: 2026 }]);
    const none = amongMany('kind seal-registration', 'next', 'order');
    expect(actsOf(none)[0]).not.toHaveProperty('fiscalYear');
  });

  test('a correction of the 年度 comes back to ⑩; another kind asks for its own', () => {
    const glass = amongMany(...toYear, 'year 2025', 'next', 'correct year');
    expect(screenOf(glass)).toBe('year');
    glass.press('year 2026', 'next');
    expect([screenOf(glass), contextOf(glass).choices.fiscalYear]).toEqual(['confirm', 2026]);
    glass.press('correct kind', 'group tax', 'kind tax-payment', 'back', 'next');
    expect([screenOf(glass), contextOf(glass).choices.fiscalYear]).toEqual(['confirm', 2026]);
    glass.press('correct kind', 'kind seal-registration', 'next');
    expect([screenOf(glass), contextOf(glass).choices.fiscalYear]).toEqual(['confirm', undefined]);
    glass.press('correct kind', 'group tax', 'kind tax-income', 'next');
    expect(screenOf(glass)).toBe('year');
  });

  test('the 戸籍 has people of its own: nobody of the household is offered with it, nor ordered', () => {
    const glass = amongMany('group koseki', 'kind koseki-individual', 'next', 'scope part', 'next');
    const people = () =>
      pressesOf('persons', contextOf(glass)).flatMap(({ type, value }) => (type === 'person' ? value : []));
    expect(people()).toEqual(['c'.repeat(32), 'd'.repeat(32)]);
    glass.press(`person ${'b'.repeat(32)}`, `person ${'d'.repeat(32)}`, 'next', 'order');
    expect(actsOf(glass)).toMatchObject([{ scope: 'part', personRefs: ['d'.repeat(32)] }]);
    const whole = amongMany('group koseki', 'kind koseki-full', 'next', 'order');
    expect(actsOf(whole)).toMatchObject([{ scope: 'household', personRefs: ['c'.repeat(32), 'd'.repeat(32)] }]);
  });

  test('個人番号 is never on by itself, and asked about once more with its reason', () => {
    const glass = amongMany('kind resident-record', 'next');
    expect([screenOf(glass), contextOf(glass).choices.items]).toEqual(['items', []]);
    glass.press('item my-number:on', 'next');
    expect(screenOf(glass)).toBe('caution');
    glass.press('next', 'order');
    expect([screenOf(glass), actsOf(glass)]).toEqual(['caution', []]);
    glass.press('leave-out my-number');
    expect([screenOf(glass), contextOf(glass).choices.items]).toEqual(['confirm', []]);
    glass.press('correct items', 'item my-number:on', 'next', 'agree my-number');
    expect(screenOf(glass)).toBe('confirm');
    glass.press('back');
    expect(screenOf(glass)).toBe('items');
    glass.press('next', 'order');
    expect(actsOf(glass)).toMatchObject([{ items: ['my-number'] }]);
  });

  test('個人番号 switched off and on again is asked about again', () => {
    const on = ['item my-number:on', 'next'];
    const glass = amongMany('kind resident-record', 'next', ...on, 'agree my-number', 'back');
    glass.press('item my-number:off', ...on);
    expect(screenOf(glass)).toBe('caution');
    glass.press('back');
    expect(screenOf(glass)).toBe('items');
  });

  test('whoever touches the glass is still there; elsewhere the agent asks for a button', () => {
    const glass = atConfirm();
    glass.actor.send({ type: 'touched' });
    expect(actsOf(glass)).toEqual([{ act: 'stay', seq: 1 }]);
    glass.tell(scenes.pay);
    glass.actor.send({ type: 'touched' });
    expect(actsOf(glass)).toHaveLength(1);
    glass.tell(scenes.choose, { endsInSeconds: 30 });
    glass.actor.send({ type: 'touched' });
    expect(actsOf(glass)).toHaveLength(1);
  });
});

describe('④', () => {
  test('a digit goes to the agent and nothing of it stays', () => {
    const glass = openGlass();
    glass.tell(scenes.pin);
    const before = JSON.stringify(glass.actor.getPersistedSnapshot());
    glass.press('digit 7');
    expect(actsOf(glass)).toEqual([{ act: 'digit', digit: '7', seq: 1 }]);
    expect(JSON.stringify(glass.actor.getPersistedSnapshot())).toBe(before);
  });

  test('before the last try there are no digits until it is agreed to', () => {
    const glass = openGlass();
    glass.tell(scenes.lastTry);
    glass.press('digit 1');
    expect(glass.emitted).toEqual([]);
    glass.press('last-try', 'digit 1');
    expect(actsOf(glass).map(({ act }) => act)).toEqual(['last-try', 'digit']);
    glass.tell({ ...scenes.lastTry, digits: 1 });
    glass.press('digit 2');
    expect(actsOf(glass)).toHaveLength(3);
  });
});

describe('nothing stays', () => {
  const usedGlass = () => {
    const glass = openGlass();
    glass.tell(scenes.menu);
    glass.press('language en', 'text-size 200', 'contrast high');
    glass.tell(scenes.choose);
    glass.press('kind resident-record', 'next', 'scope self', 'next');
    return glass;
  };

  test('another use: the page is loaded afresh, and even before that nothing is left', () => {
    const glass = usedGlass();
    glass.tell(scenes.menu, { use: 'two' });
    expect(glass.emitted.at(-1)).toEqual({ type: 'reload' });
    expect(contextOf(glass)).toEqual({ ...freshContext, towns });
  });

  test('① of the same use keeps no more than the settings', () => {
    const glass = usedGlass();
    glass.tell(scenes.menu);
    const { scene, settings, ...rest } = contextOf(glass);
    expect(settings.language).toBe('en');
    expect(JSON.stringify({ scene, rest })).not.toContain(secretName);
    expect(rest.choices).toEqual(freshContext.choices);
  });

  test('a wire that breaks leaves nothing either', () => {
    const glass = usedGlass();
    glass.actor.send({ type: 'lost' });
    expect(screenOf(glass)).toBe('disconnected');
    expect(contextOf(glass)).toEqual({ ...freshContext, towns, visited: true });
  });

  test.each(['one', 'two'])('and when it is back, in use %s, the page loads itself afresh', (use) => {
    const glass = usedGlass();
    glass.actor.send({ type: 'lost' });
    glass.tell(scenes.menu, { use });
    expect(glass.emitted.at(-1)).toEqual({ type: 'reload' });
    expect(contextOf(glass)).toEqual({ ...freshContext, towns });
  });

  test('a use in which nobody came needs no loading', () => {
    const glass = openGlass();
    glass.tell(scenes.menu);
    glass.tell(scenes.menu, { use: 'two' });
    expect(glass.emitted).toEqual([]);
    expect(screenOf(glass)).toBe('menu');
  });

  test('a machine that is only getting ready has had nobody either', () => {
    const glass = openGlass();
    glass.tell(scenes.busy);
    glass.tell(scenes.menu, { use: 'two' });
    expect(glass.emitted).toEqual([]);
  });

  test('settings that somebody left behind at ① go after a minute without a touch', () => {
    const clock = new SimulatedClock();
    const actor = createActor(screenMachine, { clock });
    const heard = vi.fn();
    actor.on('act', heard);
    actor.start();
    actor.send({ type: 'scene', scene: { ...scenes.menu, use: 'one', seq: 1 } });
    actor.send({ type: 'language', value: 'en' });
    clock.increment(settingsForgottenMs - 1);
    actor.send({ type: 'text-size', value: '150' });
    clock.increment(settingsForgottenMs - 1);
    expect(actor.getSnapshot().context.settings).toEqual({ language: 'en', textSize: '150', contrast: 'normal' });
    clock.increment(1);
    expect(actor.getSnapshot().context.settings).toEqual(usualSettings);
    expect(heard.mock.lastCall).toEqual([{ type: 'act', act: { act: 'language', language: 'ja', seq: 1 } }]);
  });
});
