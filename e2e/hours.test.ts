/**
 * 利用時間 at a real kiosk: the center’s hours and holidays to the millisecond, the narrower hours of a municipality, the last minute
 * before closing, and a fee that changes overnight. Only the business clock moves; certs and sessions live by the machine’s.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import type { MunicipalitySettings } from '@machikado/issuer';
import type { Offers } from '@machikado/protocol';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { disagreements, KIND, MUTEKI, openStage, type Stage, takeStock, YUNAGI } from './fault-table.ts';
import { OPEN_TUESDAY } from './open-chain.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ people: { [YUNAGI]: ['single', 'couple'], [MUTEKI]: ['single'] } });
}, 90_000);
afterAll(() => stage?.close());
afterEach(() => vi.restoreAllMocks());

/** Japanese time. */
const setTime = (text: string) => stage.chain.setBusinessTime(new Date(`${text}+09:00`).toISOString());

/** In the morning of that day the feed was followed, so only the hour can be what refuses. */
async function itIs(text: string): Promise<void> {
  setTime(text);
  await stage.chain.passTheNight();
}

/** Comes as far as the menu and goes away again, or is refused. */
async function come(lgCode: string): Promise<'open' | 'closed'> {
  const { end } = await stage.kiosk.use(stage.card('single', lgCode).file, { cancelAt: 'kind' });
  await stage.kiosk.agent.front.cardReader.takeAway();
  if (end.code === 'CANCELLED') return 'open';
  expect(end.code).toBe('SERVICE_CLOSED');
  return 'closed';
}

const DAY_BREAKS = [
  ['06:29:59.999', 'closed'],
  ['06:30:00.000', 'open'],
  ['22:59:59.999', 'open'],
  ['23:00:00.000', 'closed'],
] as const;

const centerHours = [
  ...DAY_BREAKS.map(([time, is]) => [`2026-11-24T${time}`, is] as const),
  ['2026-11-24T00:00:00.000', 'closed'],
  ['2026-11-29T06:30:00.000', 'open'],
  ...DAY_BREAKS.map(([time, is]) => [`2026-12-28T${time}`, is] as const),
  ...['2026-12-29', '2026-12-31', '2027-01-01', '2027-01-03'].flatMap((day) =>
    ['06:30:00.000', '22:59:59.999'].map((time) => [`${day}T${time}`, 'closed'] as const),
  ),
  ...DAY_BREAKS.map(([time, is]) => [`2027-01-04T${time}`, is] as const),
] as const;

test.each(centerHours)('the center at %s: %s', async (time, is) => {
  await itIs(time);
  expect(await come(YUNAGI)).toBe(is);
});

/** 霧笛町: weekdays 8:30 to 20:00; Saturdays, Sundays and holidays 9:00 to 17:00. */
const townHours = [
  ['2026-11-24T08:29:59.999', 'closed'],
  ['2026-11-24T08:30:00.000', 'open'],
  ['2026-11-24T19:59:59.999', 'open'],
  ['2026-11-24T20:00:00.000', 'closed'],
  ['2026-11-28T08:59:59.999', 'closed'],
  ['2026-11-28T09:00:00.000', 'open'],
  ['2026-11-29T16:59:59.999', 'open'],
  ['2026-11-29T17:00:00.000', 'closed'],
  // Labour Thanksgiving Day, a Monday.
  ['2026-11-23T08:30:00.000', 'closed'],
  ['2026-11-23T09:00:00.000', 'open'],
  ['2026-11-23T17:00:00.000', 'closed'],
  ['2027-01-02T10:00:00.000', 'closed'],
] as const;

test.each(townHours)('a municipality with hours of its own at %s: %s', async (time, is) => {
  await itIs(time);
  expect(await come(MUTEKI)).toBe(is);
  if (!time.startsWith('2027')) expect(await come(YUNAGI)).toBe('open');
});

const closings = [
  [YUNAGI, '22:59:59.999', '23:00:00.000'],
  [MUTEKI, '19:59:59.999', '20:00:00.000'],
] as const;

test.each(closings)('%s: an order that begins at %s is finished after %s', async (lgCode, last, closed) => {
  await itIs(`2026-11-24T${last}`);
  const { forms } = stage.issuer;
  const { typeset } = forms;
  vi.spyOn(forms, 'typeset').mockImplementation((content, deadline) => {
    setTime(`2026-11-24T${closed}`);
    return typeset(content, deadline);
  });
  const { end, paper } = await stage.kiosk.use(stage.card('single', lgCode).file);
  expect([end.code, paper.length]).toEqual(['OK', 1]);
  expect(await come(lgCode)).toBe('closed');
  expect(await disagreements(stage)).toEqual([]);
});

test.each(closings)('%s: who confirms at %s and orders at %s is refused', async (lgCode, last, closed) => {
  await itIs(`2026-11-24T${last}`);
  const before = takeStock(stage);
  const { end, paper } = await stage.kiosk.use(
    stage.card('single', lgCode).file,
    {},
    {
      onStep: (step) => {
        if (step === 'confirm') setTime(`2026-11-24T${closed}`);
      },
    },
  );
  expect([end.code, paper, takeStock(stage)]).toEqual(['SERVICE_CLOSED', [], before]);
  await itIs('2026-11-25T10:00:00');
  expect((await stage.kiosk.use(stage.card('single', lgCode).file)).end.code).toBe('OK');
  expect(await disagreements(stage)).toEqual([]);
});

test('a fee that changes at midnight, between confirmation and order: nothing is charged, and the next one pays the new fee', async () => {
  await changeSettings((settings) => ({
    ...settings,
    tariff: { ...settings.tariff, [KIND]: [...(settings.tariff[KIND] ?? []), { from: '2026-11-25', value: 250 }] },
  }));
  await itIs('2026-11-24T22:59:00');
  const before = takeStock(stage);
  const { end, paper } = await stage.use(
    'couple',
    {},
    {
      onStep: (step) => {
        if (step === 'confirm') setTime('2026-11-25T06:30:00');
      },
    },
  );
  expect([end.code, paper, takeStock(stage)]).toEqual(['FEE_CHANGED', [], before]);
  expect((await stage.use('couple', { copies: 2 })).end).toMatchObject({ code: 'OK', settlement: { chargedYen: 500 } });
  expect(await disagreements(stage)).toEqual([]);
});

test('maintenance closes one kind for as long as it lasts', async () => {
  await changeSettings((settings) => ({
    ...settings,
    hours: {
      ...settings.hours,
      closures: [{ from: '2026-11-26T03:00:00.000Z', to: '2026-11-26T04:00:00.000Z', kinds: [KIND] }],
    },
  }));
  const menus: string[][] = [];
  for (const time of ['11:59:59.999', '12:00:00', '12:59:59.999', '13:00:00']) {
    await itIs(`2026-11-26T${time}`);
    const onOffers = ({ offers }: Offers) => void menus.push(offers.map(({ kind }) => kind));
    await stage.use('single', { cancelAt: 'kind' }, { onOffers });
  }
  const [before = [], ...later] = menus;
  const without = before.filter((kind) => kind !== KIND);
  expect(without).toHaveLength(before.length - 1);
  expect(later).toEqual([without, without, before]);
});

test('the date on the paper is the business date, whatever the machine’s clock says', async () => {
  await itIs('2027-01-04T06:30:00');
  const typeset = vi.spyOn(stage.issuer.forms, 'typeset');
  expect((await stage.use('couple')).end.code).toBe('OK');
  expect(typeset.mock.lastCall?.[0].issuedOn).toBe('2027-01-04');
  stage.chain.setBusinessTime(OPEN_TUESDAY);
});

async function changeSettings(change: (settings: MunicipalitySettings) => MunicipalitySettings): Promise<void> {
  const file = `${stage.chain.dir}/config/settings-${YUNAGI}.json`;
  writeFileSync(file, JSON.stringify(change(JSON.parse(readFileSync(file, 'utf8')))));
  expect(await stage.chain.issuers[0]?.reload()).toBe('reloaded');
}
