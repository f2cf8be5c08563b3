import { expect, test } from 'vitest';
import { shutKinds, timeInJapan, whyTownCloses } from './honest-status.ts';

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

test('kinds of a town that are shut alike are one row, and a town that issues nothing says so', () => {
  const kind = (name: 'resident-record' | 'koseki-full' | 'koseki-individual' | 'tax-income', open: boolean) => ({
    kind: name,
    open,
    ...(!open && { reason: name === 'tax-income' ? ('suspended' as const) : ('closed' as const) }),
  });
  const rowsOf = (...kinds: ReturnType<typeof kind>[]) =>
    shutKinds({
      ...{ centerId: 'c', businessTime: '2026-11-22T14:30:00Z', open: true },
      municipalities: [{ lgCode: '990019', name: '夕凪市', kinds }],
    }).rows.map(({ kinds: shut, reason, all }) => [shut, reason, all]);
  expect(
    rowsOf(
      kind('resident-record', true),
      kind('koseki-full', false),
      kind('tax-income', false),
      kind('koseki-individual', false),
    ),
  ).toEqual([
    [['koseki-full', 'koseki-individual'], 'closed', false],
    [['tax-income'], 'suspended', false],
  ]);
  expect(rowsOf(kind('resident-record', false), kind('koseki-full', false))).toEqual([
    [['resident-record', 'koseki-full'], 'closed', true],
  ]);
});

test('of many shut towns the first are named, the others counted', () => {
  const town = (n: number, open: boolean) => ({
    ...{ lgCode: String(n).padStart(6, '0'), name: `市${n}` },
    kinds: [{ kind: 'resident-record', open } as const],
  });
  const status = (shut: number) => ({
    ...{ centerId: 'c', businessTime: '2026-11-22T14:30:00Z', open: true },
    municipalities: [town(0, true), ...Array.from({ length: shut }, (_, i) => town(i + 1, false))],
  });
  expect(shutKinds(status(0))).toEqual({ rows: [], count: 0, more: 0 });
  expect(shutKinds(status(8))).toMatchObject({ count: 8, more: 0 });
  const { rows, count, more } = shutKinds(status(400));
  expect(rows.map(({ name }) => name)).toEqual(['市1', '市2', '市3', '市4', '市5', '市6', '市7', '市8']);
  expect([count, more]).toEqual([400, 392]);
});
