import { formatWareki, jstDateOf } from '@machikado/domain';
import { describe, expect, test } from 'vitest';
import { settingsOf, YUNAGI } from '../testing/issuer-bench.ts';
import { fiscalYearsOn } from './fiscal-years-on.ts';
import { feeYenOn, mayorOn } from './settings-on.ts';

/** The last moment of a day in Japan, and the first of the next. */
const before = (day: string) => new Date(Date.parse(`${day}T00:00:00+09:00`) - 1);
const from = (day: string) => new Date(`${day}T00:00:00+09:00`);
const sides = (day: string) =>
  [before(day), from(day)].map(jstDateOf) as [ReturnType<typeof jstDateOf>, ReturnType<typeof jstDateOf>];

describe('at midnight in Japan', () => {
  test('職務代理者 takes over from the mayor, with a seal of their own, and the next mayor from them', () => {
    const entry = (day: string, title: string, name: string) => ({
      from: day,
      value: { title, name, sealSvg: `seal of ${name}` },
    });
    const mayors = [
      entry('2026-09-01', '架空県夕凪市長', '架空 花子'),
      entry('2020-04-01', '架空県夕凪市長', '見本 一郎'),
      entry('2026-07-15', '架空県夕凪市長職務代理者 副市長', '港 次郎'),
    ];
    const inOffice = [...sides('2026-07-15'), ...sides('2026-09-01')].map((day) => mayorOn(mayors, day));
    expect(inOffice.map(({ name }) => name)).toEqual(['見本 一郎', '港 次郎', '港 次郎', '架空 花子']);
    expect(inOffice.map(({ sealSvg }) => sealSvg)).toEqual(inOffice.map(({ name }) => `seal of ${name}`));
    expect(() => mayorOn(mayors, jstDateOf(before('2020-04-01')))).toThrow('no mayor');
  });

  test('the date of issue changes its era', () => {
    expect(sides('2019-05-01').map(formatWareki)).toEqual(['平成31年 4月30日', '令和元年 5月 1日']);
  });

  test('the 年度 on the menu switch, each municipality on its own day', () => {
    const newest = (newFrom: string) => sides('2026-06-10').map((day) => fiscalYearsOn({ count: 1, newFrom }, day)[0]);
    expect([newest('06-10'), newest('06-01'), newest('06-11')]).toEqual([
      [2025, 2026],
      [2026, 2026],
      [2025, 2025],
    ]);
  });

  test('the fee changes', () => {
    const settings = settingsOf(YUNAGI);
    const fees = [before('2026-12-01'), from('2026-12-01')].map((at) => feeYenOn(settings, 'resident-record', at));
    expect(fees).toEqual([200, 300]);
  });
});
