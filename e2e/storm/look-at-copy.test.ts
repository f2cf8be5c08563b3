import { lettersOf, type PageReading } from '@machikado/inspection';
import { orderReferenceOf } from '@machikado/protocol';
import { generateTown } from '@machikado/registry';
import { expect, test } from 'vitest';
import { createCanaries } from './canaries.ts';
import { type AskedCopy, faultsOf } from './look-at-copy.ts';
import { canariesOf, datesOf, mustStand } from './person-values.ts';

const towns = [generateTown('990019', 'yunagi'), generateTown('990027', 'muteki')];
const [town, otherTown] = towns as [(typeof towns)[0], (typeof towns)[0]];
const householdOf = (from: typeof town, persona: 'family-head' | 'nine' | 'couple') => {
  const household = from.households.find(({ members }) => members.some((m) => m.residentId === from.personas[persona]));
  if (!household) throw new RangeError(persona);
  return {
    ...household,
    members: [...household.members],
    lgCode: from.lgCode,
    version: '1',
    readAt: '2026-11-24T01:00:00.000Z',
    headName: household.members[0]?.name ?? '',
  };
};
const family = householdOf(town, 'family-head');
const [head, spouse, child] = family.members as [
  (typeof family.members)[0],
  (typeof family.members)[0],
  (typeof family.members)[0],
];
const stranger = householdOf(otherTown, 'couple');
const orderId = '0123456789abcdef0123456789abcdef';
const otherOrderId = 'fedcba9876543210fedcba9876543210';
const everybody = towns.flatMap(({ households }) =>
  households.flatMap(({ members, address }) => members.flatMap((p) => canariesOf(p, address))),
);
const canaries = createCanaries([...everybody, lettersOf(orderReferenceOf(otherOrderId))]);

const asked: AskedCopy = {
  ...{ orderId, issueNumber: '00112233445566ff', residentId: head.residentId, scope: 'self', places: [], items: [] },
  ...{ whole: true, versions: [family] },
};
const onEverySheet = [orderReferenceOf(orderId), asked.issueNumber, '令和8年11月24日'];

function page(...values: readonly string[]): PageReading {
  const glyphs = values.flatMap((value, line) =>
    [...`${value}　`].map((text, i) => ({
      ...{ text, originXMm: 5 + i * 2, originYMm: 5 + line * 5, sizeMm: 3 },
      box: { xMm: 5 + i * 2, yMm: 3 + line * 5, wMm: 2, hMm: 2 },
    })),
  );
  const raster = { width: 1, height: 1, data: new Uint8Array(1) };
  return { number: 1, widthMm: 297, heightMm: 210, glyphs, drawings: [], raster, digest: '' };
}

function sheetOf(
  persons: readonly (typeof head)[],
  { items = [] }: Partial<AskedCopy> = {},
  ...more: string[]
): PageReading {
  const selected = { household: family, persons, items };
  return page(...mustStand(selected), ...datesOf(selected), ...onEverySheet, ...more);
}

test('the right sheet has no fault', () => {
  expect(faultsOf([sheetOf([head])], asked, canaries)).toEqual([]);
  const items = ['relationship', 'registered-domicile'] as const;
  expect(faultsOf([sheetOf([head], { items })], { ...asked, items }, canaries)).toEqual([]);
  expect(faultsOf([sheetOf([head, child])], { ...asked, scope: 'part', places: [1, 3] }, canaries)).toEqual([]);
});

test('any value of any stranger in either town is found', () => {
  for (const value of [...stranger.members.flatMap((p) => canariesOf(p, stranger.address))])
    expect(faultsOf([sheetOf([head], {}, value)], asked, canaries)).toContain(`stranger: ${value}`);
});

test('a member of the own household who was not asked for is a stranger too', () => {
  expect(faultsOf([sheetOf([head], {}, spouse.name)], asked, canaries)).toEqual(
    expect.arrayContaining([`stranger: ${lettersOf(spouse.name)}`]),
  );
  expect(faultsOf([sheetOf([head, spouse])], asked, canaries)).not.toEqual([]);
});

test('what was not switched on must not stand there', () => {
  const domicile = head.registeredDomicile?.address ?? '';
  for (const value of [domicile, head.previousAddress, head.myNumber].map((text) => text ?? ''))
    expect(faultsOf([sheetOf([head], {}, value)], asked, canaries)).toEqual(
      expect.arrayContaining(value === '' ? [] : [`stranger: ${lettersOf(value)}`]),
    );
  expect(head.myNumber).toMatch(/^999/);
});

test('a 続紙 belongs to its sheet, and a further sheet that is none is one too many', () => {
  const [first = '', ...rest] = mustStand({ household: family, persons: [head], items: [] });
  const short = page(...rest, ...datesOf({ household: family, persons: [head], items: [] }), ...onEverySheet);
  expect(faultsOf([short, page('続紙', first)], asked, canaries)).toEqual([]);
  expect(faultsOf([short, page('続紙', first, stranger.headName)], asked, canaries)).not.toEqual([]);
  expect(faultsOf([sheetOf([head]), page(first)], asked, canaries)).toContain('number of sheets');
});

test('of a copy that broke off, the sheet that came out may point to a 続紙 that did not; a whole one has it', () => {
  const values = { household: family, persons: [head], items: [] };
  const [, ...rest] = mustStand(values);
  const pointing = page('続紙（1）のとおり', ...rest, ...datesOf(values), ...onEverySheet);
  expect(faultsOf([pointing], { ...asked, whole: false }, canaries)).toEqual([]);
  expect(faultsOf([pointing], asked, canaries)).not.toEqual([]);
  const strange = page('続紙（1）のとおり', ...rest, ...datesOf(values), ...onEverySheet, stranger.headName);
  expect(faultsOf([strange], { ...asked, whole: false }, canaries)).not.toEqual([]);
  const without = page(...rest, ...datesOf(values), ...onEverySheet);
  expect(faultsOf([without], { ...asked, whole: false }, canaries)).not.toEqual([]);
});

test('a date of somebody else, a reference of another order, a missing value and a sheet too few are found', () => {
  expect(faultsOf([sheetOf([head], {}, '昭和12年3月4日')], asked, canaries)).toEqual(['a date of somebody else']);
  expect(faultsOf([sheetOf([head], {}, orderReferenceOf(otherOrderId))], asked, canaries)).not.toEqual([]);
  expect(faultsOf([sheetOf([head])], { ...asked, orderId: otherOrderId }, canaries)).not.toEqual([]);
  expect(faultsOf([sheetOf([head])], { ...asked, issueNumber: 'ffeeddccbbaa0099' }, canaries)).not.toEqual([]);
  expect(faultsOf([sheetOf([spouse])], asked, canaries)).not.toEqual([]);
  const nine = householdOf(town, 'nine');
  const all = {
    ...asked,
    residentId: nine.members[0]?.residentId ?? '',
    scope: 'household',
    versions: [nine],
  } as const;
  expect(faultsOf([sheetOf([head])], all, canaries)).toContain('number of sheets');
});

test('a page fits one version of the record as a whole, never half of one and half of the next', () => {
  const later = {
    ...family,
    members: family.members.map((p) => ({ ...p, previousAddress: '虚空県改訂市１番地', name: `${p.name}改` })),
  };
  const both = { ...asked, versions: [family, later] };
  expect(faultsOf([sheetOf([head])], both, canaries)).toEqual([]);
  const items = ['previous-address'] as const;
  const half = { ...head, previousAddress: '虚空県改訂市１番地' };
  expect(faultsOf([sheetOf([half], { items })], { ...both, items }, canaries)).not.toEqual([]);
});
