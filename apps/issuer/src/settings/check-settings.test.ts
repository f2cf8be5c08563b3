import { describe, expect, test } from 'vitest';
import { settingsOf, YUNAGI } from '../testing/issuer-bench.ts';
import { checkSettings } from './check-settings.ts';
import type { MunicipalitySettings } from './settings.ts';

const days = ['mon'] as const;

describe('settings', () => {
  test('that fit together are taken', () => {
    expect(() => checkSettings(settingsOf(YUNAGI))).not.toThrow();
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
    ['hours upside down', { hours: { rules: [{ days: [...days], from: '17:00', to: '08:30' }] } }, /ends before/],
  ])('with %s are refused', (_, change, why) => {
    expect(() => checkSettings(settingsOf(YUNAGI, change))).toThrow(why);
  });
});
