import { formatLedgerDate } from '@machikado/domain';
import { lettersOf } from '@machikado/inspection';
import { expect, test } from 'vitest';
import { japaneseDate, westernDate } from './expected-dates.ts';

const day = 86_400_000;

test('two calendars that share nothing agree on every day since 1873', () => {
  for (let at = Date.UTC(1873, 0, 1); at < Date.UTC(2060, 0, 1); at += day) {
    const [year, month, dayOfMonth] = new Date(at).toISOString().slice(0, 10).split('-').map(Number) as [
      number,
      number,
      number,
    ];
    const date = { year, month, day: dayOfMonth };
    if (japaneseDate(date) !== lettersOf(formatLedgerDate(date)))
      expect(japaneseDate(date)).toBe(formatLedgerDate(date));
  }
});

test('and on every month and year whose day is unknown', () => {
  for (let year = 1873; year < 2060; year += 1)
    for (const month of [null, ...Array.from({ length: 12 }, (_, i) => i + 1)]) {
      const date = { year, month, day: null };
      expect(japaneseDate(date)).toBe(lettersOf(formatLedgerDate(date)));
      expect(westernDate(date)).toBe(lettersOf(formatLedgerDate(date, 'western')));
    }
});
