import { ProtocolError, type RegistryPerson, RegistryRecord } from '@machikado/protocol';
import fc from 'fast-check';
import { Check } from 'typebox/value';
import { expect, test } from 'vitest';
import { RegistryChange } from './changes.ts';
import { isPresent } from './household-order.ts';
import { memoryJournal } from './journal.ts';
import { createRegistry } from './registry.ts';
import { generateTown } from './town/generate-town.ts';
import type { PersonaKey } from './town/personas.ts';
import type { Town } from './town/town.ts';

const lgCode = '990019';
const town = generateTown(lgCode, 'test');
const other = generateTown('990027', 'test');
const now = () => new Date('2026-11-20T03:00:00Z');
const open = (towns: Town[] = [town]) => createRegistry({ towns, journal: memoryJournal('one'), now });
const idOf = (key: PersonaKey) => town.personas[key];
const everybody = town.households.flatMap(({ members }) => members);
const anchor = 'a'.repeat(64);
const day = { year: 2026, month: 11, day: 20 };

function codeOf(work: () => unknown): string | undefined {
  try {
    work();
  } catch (error) {
    if (error instanceof ProtocolError) return error.code;
    throw error;
  }
  return undefined;
}

const newcomer = (residentId: string): RegistryPerson => ({
  ...(everybody.find((member) => member.residentId === idOf('single')) as RegistryPerson),
  residentId,
});

test('a read with the version that was read before is the same record', () => {
  const registry = open();
  const first = registry.readRecord({ lgCode, residentId: idOf('family-child') });
  const second = registry.readRecord({ lgCode, residentId: idOf('family-head'), version: first.version });
  expect(second).toEqual(first);
  expect(Check(RegistryRecord, first)).toBe(true);
});

/** Every change that a page shows or that forbids a page, on one household. */
const visibleChanges: Record<string, RegistryChange> = {
  name: { type: 'name-changed', residentId: idOf('family-head'), name: '試験　改名', nameKana: null },
  formerName: {
    type: 'name-changed',
    residentId: idOf('family-head'),
    name: '試験　改名',
    nameKana: null,
    formerName: '見本',
  },
  previousAddress: {
    type: 'previous-address-corrected',
    residentId: idOf('family-spouse'),
    previousAddress: '虚空県陽炎町字訂正１番地',
  },
  death: { type: 'died', residentId: idOf('family-spouse') },
  removal: { type: 'removed', residentId: idOf('family-spouse') },
  notice: { type: 'move-out-notified', residentIds: [idOf('family-child')] },
  moveOut: { type: 'moved-out', residentIds: [idOf('family-child')] },
  address: {
    type: 'moved-within',
    residentIds: ['family-head', 'family-spouse', 'family-child', 'under-15'].map((key) => idOf(key as PersonaKey)),
    address: '架空県夕凪市灯台町９丁目９番９号',
    on: day,
    notifiedOn: day,
  },
  split: {
    type: 'moved-within',
    residentIds: [idOf('family-child')],
    address: '架空県夕凪市灯台町９丁目９番９号',
    on: day,
    notifiedOn: day,
  },
  protection: { type: 'protection-set', residentId: idOf('under-15'), protection: 'joint' },
  process: { type: 'in-process-set', residentId: idOf('family-head'), inProcess: true },
};

test.each(Object.entries(visibleChanges))(
  'after %s the old version is refused and the new record shows it',
  (_, change) => {
    const registry = open();
    const before = registry.readRecord({ lgCode, residentId: idOf('family-head') });
    registry.apply(lgCode, [change]);
    const old = { lgCode, residentId: idOf('family-head'), version: before.version };
    expect(codeOf(() => registry.readRecord(old))).toBe('RECORD_CHANGED');
    const after = registry.readRecord({ lgCode, residentId: idOf('family-head') });
    expect(after.version).not.toBe(before.version);
    expect({ ...after, version: '' }).not.toEqual({ ...before, version: '' });
    expect(registry.readRecord({ ...old, version: after.version })).toEqual(after);
  },
);

test('a change of one household leaves every other version as it is', () => {
  const registry = open();
  const before = registry.readRecord({ lgCode, residentId: idOf('single') });
  registry.apply(lgCode, [visibleChanges.death as RegistryChange]);
  expect(registry.readRecord({ lgCode, residentId: idOf('single'), version: before.version })).toEqual(before);
});

test('a version of one household, of one town or of another history is no version of any other', () => {
  const versions = [open([town, other]), createRegistry({ towns: [town], journal: memoryJournal('two'), now })].flatMap(
    (registry) =>
      registry.towns.flatMap((each) =>
        each.households.map(
          ({ members }) =>
            registry.readRecord({ lgCode: each.lgCode, residentId: members[0]?.residentId as string }).version,
        ),
      ),
  );
  expect(new Set(versions).size).toBe(versions.length);
});

test('coming back to what it was does not bring back the old version', () => {
  const registry = open();
  const before = registry.readRecord({ lgCode, residentId: idOf('single') });
  registry.apply(lgCode, [{ type: 'protection-set', residentId: idOf('single'), protection: 'active' }]);
  registry.apply(lgCode, [{ type: 'protection-set', residentId: idOf('single'), protection: 'none' }]);
  const after = registry.readRecord({ lgCode, residentId: idOf('single') });
  expect(after.members).toEqual(before.members);
  expect(after.version).not.toBe(before.version);
});

test('a reader’s copy is the reader’s own', () => {
  const registry = open();
  const record = registry.readRecord({ lgCode, residentId: idOf('single') });
  (record.members[0] as { name: string }).name = 'overwritten';
  expect(registry.readRecord({ lgCode, residentId: idOf('single') }).members[0]?.name).not.toBe('overwritten');
});

test('when the head dies the wife follows, and everybody is seen from her', () => {
  const registry = open();
  const residentId = idOf('nine');
  registry.apply(lgCode, [{ type: 'died', residentId }]);
  const { members, headName } = registry.readRecord({ lgCode, residentId });
  expect(members.map(({ relationship, status }) => `${relationship} ${status}`)).toEqual([
    '世帯主 resident',
    '子 resident',
    '子 resident',
    '子 resident',
    '子 resident',
    '夫の父 resident',
    '夫の母 resident',
    '母 resident',
    '世帯主 deceased',
  ]);
  expect(headName).toBe(members[0]?.name);
});

test('a child who moves within the town becomes the head of a household of its own', () => {
  const registry = open();
  registry.apply(lgCode, [visibleChanges.split as RegistryChange]);
  const own = registry.readRecord({ lgCode, residentId: idOf('family-child') });
  const left = registry.readRecord({ lgCode, residentId: idOf('family-head') });
  expect(own.members.map(({ relationship, addressSince }) => [relationship, addressSince])).toEqual([['世帯主', day]]);
  expect(own.address).toBe('架空県夕凪市灯台町９丁目９番９号');
  expect(left.members.map(({ order, relationship }) => `${order} ${relationship}`)).toEqual([
    '1 世帯主',
    '2 妻',
    '3 子',
  ]);
  expect(left.address).not.toBe(own.address);
});

test('the 筆頭者 is called as the person is', () => {
  const registry = open();
  registry.apply(lgCode, [visibleChanges.name as RegistryChange]);
  const { members, headName } = registry.readRecord({ lgCode, residentId: idOf('family-child') });
  expect(headName).toBe('試験　改名');
  expect(members.map(({ registeredDomicile }) => registeredDomicile?.head)).toEqual(Array(4).fill('試験　改名'));
});

test('the feed counts from 1 without gaps, per town, and tells what 利用者登録 must know', () => {
  const registry = open([town, other]);
  const residentId = idOf('single');
  expect(registry.readFeed({ lgCode, after: 0, limit: 10 })).toMatchObject({ events: [], latest: 0 });
  registry.apply(lgCode, [
    { type: 'cert-registered', residentId, anchor, serial: '01', medium: 'card' },
    { type: 'cert-renewed', residentId, anchor, serial: '02', previousAnchor: anchor, previousSerial: '01' },
    { type: 'protection-set', residentId, protection: 'active' },
    { type: 'moved-in', address: '架空県夕凪市灯台町８丁目８番８号', members: [newcomer('new-1')] },
  ]);
  registry.apply(lgCode, [{ type: 'moved-out', residentIds: [residentId] }]);
  registry.apply(lgCode, [{ type: 'died', residentId: idOf('couple') }]);
  const { events, latest } = registry.readFeed({ lgCode, after: 0, limit: 1000 });
  expect(latest).toBe(7);
  expect(events.map(({ seq, type }) => `${seq} ${type}`)).toEqual([
    '1 cert-registered',
    '2 cert-renewed',
    '3 moved-in',
    '4 moved-out',
    '5 seal-cancelled',
    '6 died',
    '7 seal-cancelled',
  ]);
  expect(events[1]).toEqual({
    seq: 2,
    type: 'cert-renewed',
    residentId,
    anchor,
    serial: '02',
    previousAnchor: anchor,
    previousSerial: '01',
    at: '2026-11-20T03:00:00.000Z',
  });
  expect(registry.readFeed({ lgCode, after: 3, limit: 1 }).events).toEqual([events[3]]);
  expect(registry.readFeed({ lgCode, after: 7, limit: 10 })).toMatchObject({ events: [], latest: 7 });
  expect(registry.readFeed({ lgCode: '990027', after: 0, limit: 10 }).latest).toBe(0);
});

test('a cert alone changes no record', () => {
  const registry = open();
  const { version } = registry.readRecord({ lgCode, residentId: idOf('single') });
  registry.apply(lgCode, [{ type: 'cert-registered', residentId: idOf('single'), anchor, serial: '01' }]);
  expect(registry.readRecord({ lgCode, residentId: idOf('single') }).version).toBe(version);
});

test.each<[string, RegistryChange]>([
  ['an unknown resident', { type: 'died', residentId: 'nobody' }],
  ['a second death', { type: 'died', residentId: idOf('deceased') }],
  ['moving out twice', { type: 'moved-out', residentIds: [idOf('moved-out')] }],
  ['a residentId that is taken', { type: 'moved-in', address: 'x', members: [newcomer(idOf('single'))] }],
  ['two heads', { type: 'moved-in', address: 'x', members: [newcomer('new-1'), { ...newcomer('new-2'), order: 2 }] }],
  [
    'people of two households moving as one',
    { type: 'moved-within', residentIds: [idOf('single'), idOf('couple')], address: 'x', on: day, notifiedOn: day },
  ],
])('%s refuses the whole batch: nothing of it is seen, written or fed', (_, change) => {
  const journal = memoryJournal('one');
  const registry = createRegistry({ towns: [town], journal, now });
  const before = registry.readRecord({ lgCode, residentId: idOf('single') });
  const first: RegistryChange = { type: 'in-process-set', residentId: idOf('single'), inProcess: true };
  const cert: RegistryChange = { type: 'cert-registered', residentId: idOf('single'), anchor, serial: '01' };
  expect(codeOf(() => registry.apply(lgCode, [first, cert, change]))).toBe('MALFORMED_REQUEST');
  expect(registry.readRecord({ lgCode, residentId: idOf('single') })).toEqual(before);
  expect(registry.readFeed({ lgCode, after: 0, limit: 10 }).latest).toBe(0);
  expect(journal.entries()).toEqual([]);
});

test('refuses other towns and unknown residents by their codes', () => {
  const registry = open();
  const residentId = idOf('single');
  expect(codeOf(() => registry.readRecord({ lgCode: '990027', residentId }))).toBe('MUNICIPALITY_NOT_PARTICIPATING');
  expect(codeOf(() => registry.readRecord({ lgCode, residentId: 'nobody' }))).toBe('NOT_REGISTERED');
  expect(codeOf(() => registry.readFeed({ lgCode: '131016', after: 0, limit: 1 }))).toBe(
    'MUNICIPALITY_NOT_PARTICIPATING',
  );
});

const big = town.households.filter(({ members }) => members.length >= 3).slice(0, 5);
const anyMember = fc.constantFrom(...big.flatMap(({ members }) => members.map(({ residentId }) => residentId)));
const anyChange: fc.Arbitrary<RegistryChange> = fc.oneof(
  fc.record({ type: fc.constant('died' as const), residentId: anyMember }),
  fc.record({ type: fc.constant('moved-out' as const), residentIds: anyMember.map((id) => [id]) }),
  fc.record({ type: fc.constant('in-process-set' as const), residentId: anyMember, inProcess: fc.boolean() }),
  fc.record({
    type: fc.constant('moved-within' as const),
    residentIds: anyMember.map((id) => [id]),
    address: fc.constant('架空県夕凪市灯台町９丁目９番９号'),
    on: fc.constant(day),
    notifiedOn: fc.constant(day),
  }),
  fc.record({
    type: fc.constant('name-changed' as const),
    residentId: anyMember,
    name: fc.nat(999).map((n) => `試験　${n}`),
    nameKana: fc.constant(null),
  }),
);

test('whatever happens in whatever order, each version stands for one content, and each record is whole', () => {
  fc.assert(
    fc.property(fc.array(fc.array(anyChange, { minLength: 1, maxLength: 3 }), { maxLength: 30 }), (batches) => {
      const registry = open();
      const contents = new Map<string, string>();
      const present = () => {
        const seen = new Set<string>();
        for (const { members } of big) {
          for (const { residentId } of members) {
            const record = registry.readRecord({ lgCode, residentId });
            const content = JSON.stringify([record.address, record.headName, record.members]);
            expect(contents.get(record.version) ?? content).toBe(content);
            contents.set(record.version, content);
            expect(record.members.map(({ order }) => order)).toEqual(record.members.map((_, i) => i + 1));
            const there = record.members.filter(isPresent);
            if (there.length > 0) {
              expect(there.filter(({ relationship }) => relationship === '世帯主')).toEqual([record.members[0]]);
              expect(record.headName).toBe(record.members[0]?.name);
            }
            expect(record.members.filter((member) => member.residentId === residentId)).toHaveLength(1);
            seen.add(residentId);
          }
        }
        return seen.size;
      };
      const everyone = present();
      for (const batch of batches) {
        codeOf(() => registry.apply(lgCode, batch));
        expect(present()).toBe(everyone);
      }
    }),
    { numRuns: 25 },
  );
});

test('every change is one of the schema that the admin door takes', () => {
  for (const change of Object.values(visibleChanges)) expect(Check(RegistryChange, change)).toBe(true);
  expect(Check(RegistryChange, { type: 'died', residentId: 'x', extra: 1 })).toBe(false);
});
