import { expect, test } from 'vitest';
import { timeInJapan, whyTownCloses } from './honest-status.ts';

const today = (time: string) => `本日${time}`;

test('a time is told in Japan’s, with its day when that is not today', () => {
  const now = '2026-11-22T14:30:00Z';
  expect(timeInJapan('2026-11-22T14:59:00Z', now, 'ja', today)).toBe('本日23:59');
  expect(timeInJapan('2026-11-22T21:30:00Z', now, 'ja', today)).toMatch(/^11月23日.*6:30$/);
  expect(timeInJapan('2026-11-22T21:30:00Z', now, 'en', today)).toMatch(/Nov.*23.*0?6:30/);
});

test('a town is closed only when it issues nothing at all', () => {
  const closed = { kind: 'resident-record', open: false, reason: 'closed' } as const;
  const town = { lgCode: '990019', name: '夕凪市' };
  expect(whyTownCloses({ ...town, kinds: [closed] })).toBe(closed);
  expect(whyTownCloses({ ...town, kinds: [closed, { kind: 'resident-record', open: true }] })).toBeUndefined();
});
