/** 印鑑登録, 課税台帳, 戸籍 and 附票 under changes: who sees what when, which versions change, and what the feed tells. */

import { createHash } from 'node:crypto';
import {
  addressesMax,
  ProtocolError,
  type RegistryRecord,
  type RegistrySection,
  statusBucketOf,
  statusDigestsOf,
  type TaxLedger,
} from '@machikado/protocol';
import { Check } from 'typebox/value';
import { expect, test } from 'vitest';
import { RegistryChange } from '../changes.ts';
import { memoryJournal } from '../journal.ts';
import { createRegistry } from '../registry.ts';
import { generateTown } from '../town/generate-town.ts';
import { kosekiEvents } from '../town/koseki-events.ts';
import type { PersonaKey } from '../town/personas.ts';

const lgCode = '990019';
const town = generateTown(lgCode, 'test');
const day = { year: 2026, month: 11, day: 20 };
const now = () => new Date('2026-11-20T03:00:00Z');
const idOf = (key: PersonaKey) => town.personas[key];
function ledgerOf(key: PersonaKey): TaxLedger {
  const own = town.ledgers.findLast(({ residentId }) => residentId === idOf(key));
  if (!own) throw new RangeError('no ledger');
  return own.ledger;
}
const sealIdOf = (key: PersonaKey) =>
  town.seals.find(({ residentId }) => residentId === idOf(key))?.registrationId as string;

function open() {
  const journal = memoryJournal('one');
  const registry = createRegistry({ towns: [town], journal, now });
  const read = (key: PersonaKey, ...sections: RegistrySection[]): RegistryRecord =>
    registry.readRecord({ lgCode, residentId: idOf(key), sections, fiscalYear: 2026 });
  return {
    ...{ registry, journal, read },
    apply: (...changes: RegistryChange[]) => {
      for (const change of changes) expect(Check(RegistryChange, change)).toBe(true);
      return registry.apply(lgCode, changes);
    },
    feed: () => registry.readFeed({ lgCode, after: 0, limit: 1000 }).events,
  };
}

function codeOf(work: () => unknown): string | undefined {
  try {
    work();
  } catch (error) {
    if (error instanceof ProtocolError) return error.code;
    throw error;
  }
  return undefined;
}

test('a section is there exactly when it was asked for, and null when the resident has none', () => {
  const { read } = open();
  const sections = ['seal', 'tax', 'koseki', 'addressHistory'];
  expect(Object.keys(read('single')).filter((key) => sections.includes(key))).toEqual([]);
  const asked = read('foreign-alias', 'seal', 'koseki', 'address-history');
  expect(asked).toMatchObject({ koseki: null, addressHistory: null, seal: { state: 'active' } });
  expect(asked).not.toHaveProperty('tax');
  expect(read('no-seal', 'seal').seal).toBeNull();
  const { registry } = open();
  expect(codeOf(() => registry.readRecord({ lgCode, residentId: idOf('single'), sections: ['tax'] }))).toBe(
    'MALFORMED_REQUEST',
  );
});

test('who only has the 本籍 here has a 戸籍, a 附票 and no household', () => {
  const { read } = open();
  expect(read('domicile-only', 'seal', 'tax', 'koseki', 'address-history')).toMatchObject({
    ...{ address: '', headName: '', members: [], seal: null, tax: null },
    koseki: { members: [{ residentId: idOf('domicile-only') }] },
    addressHistory: { members: [{ residentId: idOf('domicile-only') }] },
  });
});

/** Each with the section that shows it. */
const changesBySection: readonly (readonly [RegistrySection, PersonaKey, RegistryChange])[] = [
  ['seal', 'seal-active', { type: 'seal-suspended', registrationId: sealIdOf('seal-active') }],
  ['seal', 'seal-suspended', { type: 'seal-resumed', registrationId: sealIdOf('seal-suspended') }],
  [
    'seal',
    'no-seal',
    { type: 'seal-registered', residentId: idOf('no-seal'), registrationId: 'S-new', registeredOn: day },
  ],
  [
    'tax',
    'single',
    {
      type: 'tax-ledger-set',
      residentId: idOf('single'),
      ledger: { ...ledgerOf('single'), state: 'in-process' },
    },
  ],
  ['koseki', 'single', { type: 'koseki-in-process-set', residentId: idOf('single'), inProcess: true }],
  [
    'address-history',
    'single',
    { type: 'address-recorded', residentId: idOf('single'), address: '虚空県改訂市１番地', since: day },
  ],
];

test.each(changesBySection)(
  '%s of %s: a change gives a new version to who asked for it, and to nobody else',
  (section, key, change) => {
    const { registry, read, apply } = open();
    const residentId = idOf(key);
    const asked = { lgCode, residentId, sections: [section], fiscalYear: 2026 };
    const before = read(key, section);
    const household = read(key);
    const otherYear = registry.readRecord({ ...asked, fiscalYear: 2025 });
    apply(change);
    expect(codeOf(() => registry.readRecord({ ...asked, version: before.version }))).toBe('RECORD_CHANGED');
    const after = read(key, section);
    expect({ ...after, version: '' }).not.toEqual({ ...before, version: '' });
    expect(read(key)).toEqual(household);
    if (section === 'tax') expect(registry.readRecord({ ...asked, fiscalYear: 2025 })).toEqual(otherYear);
  },
);

test('a cancelled seal never comes back: who registers again has another, and the old one stays cancelled in the book', () => {
  const { registry, read, apply, feed } = open();
  const registrationId = sealIdOf('seal-active');
  const residentId = idOf('seal-active');
  const second = { type: 'seal-registered', residentId, registrationId: 'S-second', registeredOn: day } as const;
  expect(codeOf(() => apply(second))).toBe('MALFORMED_REQUEST');
  apply({ type: 'seal-suspended', registrationId });
  apply({ type: 'seal-cancelled', registrationId });
  for (const type of ['seal-resumed', 'seal-suspended', 'seal-cancelled'] as const)
    expect(codeOf(() => apply({ type, registrationId }))).toBe('MALFORMED_REQUEST');
  expect(codeOf(() => apply({ ...second, registrationId }))).toBe('MALFORMED_REQUEST');
  expect(read('seal-active', 'seal').seal).toMatchObject({ registrationId, state: 'cancelled' });
  apply(second);
  expect(read('seal-active', 'seal').seal).toMatchObject({ registrationId: 'S-second', state: 'active' });
  expect(feed().map((event) => [event.type, event.registrationId, event.registrationVersion])).toEqual([
    ['seal-suspended', registrationId, 2],
    ['seal-cancelled', registrationId, 3],
    ['seal-registered', 'S-second', 1],
  ]);
  const bucket = statusBucketOf(registrationId, sha256);
  const { lines } = registry.readStatusDigest({ lgCode, book: 'seals', bucket });
  expect(lines).toContainEqual({ id: registrationId, version: 3, state: 'cancelled', residentId });
});

test.each<[string, (id: string) => RegistryChange]>([
  ['moved-out', (id: string) => ({ type: 'moved-out', residentIds: [id] })],
  ['died', (id: string) => ({ type: 'died', residentId: id })],
  ['removed', (id: string) => ({ type: 'removed', residentId: id })],
])('%s: the seal is cancelled ex officio, and the feed tells it', (type, change) => {
  const { read, apply, feed } = open();
  apply(change(idOf('seal-suspended')));
  expect(read('seal-suspended', 'seal').seal?.state).toBe('cancelled');
  const told = feed().map((event) => event.type);
  expect(told).toEqual(type === 'removed' ? ['seal-cancelled'] : [type, 'seal-cancelled']);
});

test('支援措置 of one is seen at once in the 戸籍 and the 附票 of the whole family', () => {
  const { read, apply } = open();
  const [before, alone] = [read('family-head', 'koseki'), read('family-head')];
  apply({ type: 'protection-set', residentId: idOf('family-child'), protection: 'active' });
  const after = read('family-head', 'koseki', 'address-history');
  expect(after.version).not.toBe(before.version);
  expect(read('family-head').version).not.toBe(alone.version);
  for (const book of [after.members, after.koseki?.members, after.addressHistory?.members])
    expect(book?.find(({ residentId }) => residentId === idOf('family-child'))).toMatchObject({ protection: 'active' });
});

test('支援措置 of somebody who only has the 本籍 here is kept too', () => {
  const { read, apply } = open();
  apply({ type: 'protection-set', residentId: idOf('domicile-only'), protection: 'provisional' });
  expect(read('domicile-only', 'koseki').koseki?.members).toMatchObject([{ protection: 'provisional' }]);
});

test('the 附票 follows moves, and the 戸籍 a new name', () => {
  const { read, apply } = open();
  const [residentId, address] = [idOf('single'), '架空県夕凪市灯台町９丁目９番９号'];
  apply(
    { type: 'moved-within', residentIds: [residentId], address, on: day, notifiedOn: day },
    { type: 'name-changed', residentId, name: '試験　改名', nameKana: 'しけん　かいめい' },
    { type: 'moved-out', residentIds: [residentId], to: { address: '虚空県転出市１番地', since: day } },
  );
  const { koseki, addressHistory } = read('single', 'koseki', 'address-history');
  expect(addressHistory?.members[0]?.addresses.slice(-2)).toEqual([
    { address, since: day },
    { address: '虚空県転出市１番地', since: day },
  ]);
  expect(koseki).toMatchObject({ head: '試験　改名', members: [{ name: '改名', nameKana: 'カイメイ' }] });
  expect(addressHistory).toMatchObject({ head: '試験　改名', members: [{ name: '試験　改名' }] });
});

test('a 附票 that is full is renewed, and goes on with the last address', () => {
  const { read, apply } = open();
  const residentId = idOf('single');
  const move = (n: number) => `架空県夕凪市灯台町９丁目９番${n}号`;
  const addresses = () => read('single', 'address-history').addressHistory?.members[0]?.addresses ?? [];
  const before = addresses().length;
  const full = addressesMax - before;
  for (let n = 1; n <= full; n++)
    apply({ type: 'moved-within', residentIds: [residentId], address: move(n), on: day, notifiedOn: day });
  expect(addresses()).toHaveLength(addressesMax);
  apply({ type: 'moved-within', residentIds: [residentId], address: move(full + 1), on: day, notifiedOn: day });
  expect(addresses().map(({ address }) => address)).toEqual([move(full), move(full + 1)]);
});

test('婚姻, 離婚, 養子縁組 and 死亡 are recorded where they belong, and 除籍 is seen in both books', () => {
  const { read, apply, feed } = open();
  const [residentId, child] = [idOf('family-head'), idOf('family-child')];
  apply(
    { type: 'koseki-event', residentId, event: kosekiEvents.adopting(day, '妻', '見本　養子') },
    { type: 'koseki-event', residentId, event: kosekiEvents.divorced(day, '見本　元妻') },
    {
      type: 'koseki-event',
      residentId: child,
      event: kosekiEvents.marriedAway(day, '見本　花婿', '虚空県新本籍市１番地', '夫'),
      removed: true,
    },
    {
      type: 'koseki-event',
      residentId: idOf('family-spouse'),
      event: kosekiEvents.died(day, '午後１時５分', '架空県夕凪市', { on: day, by: '親族　見本　届出' }),
      removed: true,
    },
  );
  const { koseki, addressHistory } = read('family-head', 'koseki', 'address-history');
  const last = (id: string) =>
    koseki?.members
      .find((one) => one.residentId === id)
      ?.events.slice(-2)
      .map(({ title }) => title);
  expect(last(residentId)).toEqual(['養子縁組', '離婚']);
  expect(last(child)?.at(-1)).toBe('婚姻');
  expect(last(idOf('family-spouse'))?.at(-1)).toBe('死亡');
  for (const book of [koseki?.members, addressHistory?.members])
    expect(book?.filter(({ status }) => status === 'removed').map((one) => one.residentId)).toEqual([
      idOf('family-spouse'),
      child,
    ]);
  expect(feed()).toEqual([]);
});

test('出生: the child enters the 戸籍 of its parents, and is found in it', () => {
  const { registry, apply } = open();
  const { koseki, addressHistory } = open().read('couple', 'koseki', 'address-history');
  const [member, history] = [koseki?.members[0], addressHistory?.members[0]];
  if (!member || !history) throw new Error('no 戸籍');
  const born = {
    residentId: 'born-1',
    name: '新生',
    birth: day,
    events: [kosekiEvents.born(day, '架空県夕凪市', { on: day, by: '父' })],
  };
  const entered = {
    type: 'koseki-entered',
    residentId: idOf('couple'),
    member: { ...member, ...born, nameKana: null, relationship: '長女', spouseOf: null },
    history: { ...history, residentId: 'born-1', name: '見本　新生', birth: day },
  } as const;
  apply(entered);
  const record = registry.readRecord({ lgCode, residentId: 'born-1', sections: ['koseki'] });
  expect(record.koseki?.members.at(-1)).toMatchObject({
    residentId: 'born-1',
    order: (koseki?.members.length ?? 0) + 1,
  });
  expect(codeOf(() => apply(entered))).toBe('MALFORMED_REQUEST');
});

test('転籍 inside the town changes the 本籍 in every book; to another one it closes the 戸籍 for good', () => {
  const { read, apply } = open();
  const residentId = idOf('couple');
  const inside = '架空県夕凪市灯台町９９９９９番地';
  apply({
    type: 'koseki-transferred',
    residentId,
    event: kosekiEvents.transferred(day, '前'),
    address: inside,
    leaves: false,
  });
  expect(read('couple', 'koseki', 'address-history')).toMatchObject({
    koseki: { address: inside, state: 'current' },
    addressHistory: { address: inside },
    members: [{ registeredDomicile: { address: inside } }, { registeredDomicile: { address: inside } }],
  });
  const outside = '虚空県転籍市１番地';
  apply({
    type: 'koseki-transferred',
    residentId,
    event: kosekiEvents.transferred(day, inside),
    address: outside,
    leaves: true,
  });
  expect(read('couple', 'koseki')).toMatchObject({
    koseki: { address: inside, state: 'closed' },
    members: [{ registeredDomicile: { address: outside } }, { registeredDomicile: { address: outside } }],
  });
  expect(codeOf(() => apply({ type: 'koseki-in-process-set', residentId, inProcess: false }))).toBe(
    'MALFORMED_REQUEST',
  );
});

test('who only has the 本籍 here leaves the feed’s sight by 除籍, and is gone from the book of residents', () => {
  const { registry, apply, feed } = open();
  const residentId = idOf('domicile-only');
  const bucket = statusBucketOf(residentId, sha256);
  const line = () =>
    registry.readStatusDigest({ lgCode, book: 'residents', bucket }).lines?.find(({ id }) => id === residentId);
  expect(line()).toEqual({ id: residentId, version: 0, state: 'domicile' });
  const event = kosekiEvents.died(day, '午前１時１分', '架空県霧笛町', { on: day, by: '親族　見本　届出' });
  apply({ type: 'koseki-event', residentId, event, removed: true });
  expect(feed()).toMatchObject([{ type: 'died', residentId, seq: 1 }]);
  expect(line()).toEqual({ id: residentId, version: 1, state: 'gone' });
});

test('a corrected 個人番号 is seen at the next read, under a new version', () => {
  const { read, apply } = open();
  const before = read('single');
  apply({ type: 'my-number-corrected', residentId: idOf('single'), myNumber: '999000000001' });
  expect(read('single').members[0]?.myNumber).toBe('999000000001');
  expect(read('single').version).not.toBe(before.version);
});

test('the digests are those of the lines, every resident and every seal stands in one bucket, and one change shows in one', () => {
  const { registry, apply } = open();
  for (const book of ['residents', 'seals'] as const) {
    const question = { lgCode, book };
    const { digests = [] } = registry.readStatusDigest(question);
    const lines = digests.flatMap((_, bucket) => registry.readStatusDigest({ ...question, bucket }).lines ?? []);
    expect(statusDigestsOf(lines, sha256)).toEqual(digests);
    const expected =
      book === 'seals' ? town.seals.length : town.households.flatMap(({ members }) => members).length + 7;
    expect(new Set(lines.map(({ id }) => id)).size).toBe(expected);
    expect(lines).toHaveLength(expected);
  }
  const before = registry.readStatusDigest({ lgCode, book: 'seals' });
  apply({ type: 'seal-cancelled', registrationId: sealIdOf('seal-active') });
  const after = registry.readStatusDigest({ lgCode, book: 'seals' });
  expect(after.latest).toBe(before.latest + 1);
  const changed = after.digests?.flatMap((digest, i) => (digest === before.digests?.[i] ? [] : [i]));
  expect(changed).toEqual([statusBucketOf(sealIdOf('seal-active'), sha256)]);
});

test('after a restart all books are as they were', () => {
  const { journal, read, apply } = open();
  apply({ type: 'seal-cancelled', registrationId: sealIdOf('seal-active') });
  apply({ type: 'koseki-in-process-set', residentId: idOf('seal-active'), inProcess: true });
  const again = createRegistry({ towns: [town], journal, now });
  const sections = ['seal', 'tax', 'koseki', 'address-history'] as const;
  const question = { lgCode, residentId: idOf('seal-active'), sections: [...sections], fiscalYear: 2026 };
  expect(again.readRecord(question)).toEqual(read('seal-active', ...sections));
});

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
