import { describe, expect, test } from 'vitest';
import { settingsOf, YUNAGI } from '../testing/issuer-bench.ts';
import { checkSettings } from './check-settings.ts';
import type { MunicipalitySettings } from './settings.ts';

const days = ['mon'] as const;
const paper = { scopes: ['self'], items: [], copiesMax: 1 } as const;
const taxKind = (kind: object) =>
  ({
    kinds: { 'tax-income': { ...paper, ...kind } },
    tariff: { 'tax-income': [{ from: '2026-01-01', value: 1 }] },
  }) as unknown as Partial<MunicipalitySettings>;

describe('settings', () => {
  test('that fit together are taken', () => {
    expect(() => checkSettings(settingsOf(YUNAGI))).not.toThrow();
    const years = taxKind({ fiscalYears: { count: 4, newFrom: '06-10' } });
    expect(() => checkSettings(settingsOf(YUNAGI, years))).not.toThrow();
  });

  test.each<[string, Partial<MunicipalitySettings>, RegExp]>([
    ['a wrong check digit', { lgCode: '990018' }, /check digit/],
    ['a kind without a fee', { tariff: {} }, /tariff/],
    ['a day that does not exist', { tariff: { 'resident-record': [{ from: '2026-02-30', value: 1 }] } }, /no such day/],
    [
      'two fees from one day on',
      { tariff: { 'resident-record': [1, 2].map((value) => ({ from: '2026-01-01', value })) } },
      /begin on one day/,
    ],
    ['an item that the paper of the kind does not have', taxKind({ items: ['my-number'] }), /has no my-number/],
    ['a scope that the kind does not have', taxKind({ scopes: ['household'] }), /has no household/],
    ['a tax kind without its years', taxKind({}), /fiscalYears/],
    ['a year that begins on 29 February', taxKind({ fiscalYears: { count: 1, newFrom: '02-29' } }), /no such day/],
    ['hours upside down', { hours: { rules: [{ days: [...days], from: '17:00', to: '08:30' }] } }, /ends before/],
  ])('with %s are refused', (_, change, why) => {
    expect(() => checkSettings(settingsOf(YUNAGI, change))).toThrow(why);
  });
});
