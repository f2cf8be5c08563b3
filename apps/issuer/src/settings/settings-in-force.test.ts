import { isOpen, type ServiceHours } from '@machikado/domain';
import { expect, test } from 'vitest';
import { settingsOf, YUNAGI } from '../testing/issuer-bench.ts';
import type { DatedSetting } from './municipal-setting.ts';
import { settingsInForce } from './settings-in-force.ts';

const kind = 'resident-record';
const file = settingsOf(YUNAGI);
const at = (day: number) => new Date(Date.UTC(2026, 10, day));
let n = 0;
function dated(change: Partial<DatedSetting>): DatedSetting {
  n += 1;
  return {
    ...{ n, name: 'copies-max', kinds: [kind], value: 1, from: at(10), until: null, liftedFrom: null },
    ...{ staff: 'clerk', reason: 'decided', ...change },
  };
}
const copiesOn = (day: number, ...set: DatedSetting[]) => settingsInForce(file, set, at(day)).kinds[kind]?.copiesMax;

test('without a row the file holds', () => {
  expect(settingsInForce(file, [], at(10))).toEqual({ ...file, hours: { closures: [] } });
});

test('a setting holds from its instant until its end or its lift, whichever comes first', () => {
  const until = dated({ until: at(20) });
  expect([9, 10, 19, 20].map((day) => copiesOn(day, until))).toEqual([5, 1, 1, 5]);
  const lifted = dated({ until: at(20), liftedFrom: at(15) });
  expect([14, 15].map((day) => copiesOn(day, lifted))).toEqual([1, 5]);
  expect(copiesOn(11, dated({ liftedFrom: at(5) }))).toBe(5);
});

test('of two that began together the one written last holds, in whatever order they are read', () => {
  const [first, second] = [dated({ value: 2 }), dated({ value: 3 })];
  expect([copiesOn(11, first, second), copiesOn(11, second, first)]).toEqual([3, 3]);
});

test('an item that the file no longer has is not brought back', () => {
  const set = dated({ name: 'items', value: ['my-number', 'relationship'] });
  expect(settingsInForce(file, [set], at(11)).kinds[kind]?.items).toEqual(['relationship']);
});

test('closures add up, those of the file included, and one lifted before it began never was', () => {
  const maintenance = { from: at(1).toISOString(), to: at(2).toISOString() };
  const town = { ...file, hours: { closures: [maintenance] } };
  const stopped = dated({ name: 'closure', value: null, from: at(10), until: at(12) });
  const unborn = dated({ name: 'closure', value: null, from: at(20), liftedFrom: at(19) });
  const { hours } = settingsInForce(town, [stopped, unborn], at(5));
  const noon = (day: number) => new Date(Date.UTC(2026, 10, day, 3));
  expect([1, 5, 10, 11, 12, 20].map((day) => isOpen(hours as ServiceHours, noon(day), kind))).toEqual([
    ...[false, true, false, false, true, true],
  ]);
});
