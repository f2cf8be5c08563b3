import { createHash } from 'node:crypto';
import {
  ageOn,
  countGraphemes,
  earliestDay,
  findMunicipality,
  hasReachedAge,
  latestDay,
  testMunicipalities,
} from '@machikado/domain';
import { type RegistryPerson, RegistryRecord } from '@machikado/protocol';
import fc from 'fast-check';
import { Check } from 'typebox/value';
import { expect, test } from 'vitest';
import { headOf, isPresent } from '../household-order.ts';
import { generateTown, RESIDENTS_MIN } from './generate-town.ts';
import {
  elsewhere,
  foreignFamilyNames,
  quarters,
  rareSurnames,
  surnames,
  unprintableSurnames,
} from './invented-words.ts';
import { type PersonaKey, personaKeys, personas } from './personas.ts';
import { TOWN_DAY } from './settle.ts';
import type { Household, Town } from './town.ts';

const towns = [...testMunicipalities.keys()].map((lgCode) => generateTown(lgCode, 'test'));
const [yunagi, muteki] = towns as [Town, Town];
const everybody = (town: Town) => town.households.flatMap(({ members }) => members);
const anySeed = fc.integer({ min: 0, max: 1_000_000 }).map(String);

type LivingKey = Exclude<PersonaKey, 'domicile-only'>;
const livingKeys = personaKeys.filter((key): key is LivingKey => key !== 'domicile-only');

function persona(town: Town, key: LivingKey): RegistryPerson {
  return everybody(town).find(({ residentId }) => residentId === town.personas[key]) as RegistryPerson;
}
function householdOf(town: Town, key: LivingKey): Household {
  const id = town.personas[key];
  return town.households.find(({ members }) => members.some(({ residentId }) => residentId === id)) as Household;
}

test('the same seed gives the same town on every machine, and another seed another town', () => {
  const digest = (town: Town) => createHash('sha256').update(JSON.stringify(town)).digest('hex');
  expect(digest(generateTown('990019', 'golden'))).toBe(
    '48fda5c7b5115a0247396d83bfb0c48ddb2f72377da75d979227466bf466cb5f',
  );
  expect(digest(generateTown('990027', 'golden'))).toBe(
    'c1afed8a2c2baa8b83edd2ba23274cb0d44131b7d9b4101dce97f25a42f05887',
  );
  expect(digest(generateTown('990019', 'other'))).not.toBe(digest(generateTown('990019', 'golden')));
});

test('no town is generated under the code of a real one', () => {
  expect(() => generateTown('131016', 'test')).toThrow(RangeError);
});

test.each(towns.map((town) => [town.name, town] as const))(
  '%s has enough residents, each a valid record',
  (_, town) => {
    expect(everybody(town).length).toBeGreaterThanOrEqual(RESIDENTS_MIN);
    expect(new Set(everybody(town).map(({ residentId }) => residentId)).size).toBe(everybody(town).length);
    for (const { address, members } of town.households) {
      const record = { lgCode: town.lgCode, version: 'v', readAt: '2026-04-01T00:00:00Z', headName: members[0]?.name };
      expect(Check(RegistryRecord, { ...record, address, members })).toBe(true);
    }
  },
);

test('whatever the seed, a household has one head who stands first, and its order has no gap', () => {
  fc.assert(
    fc.property(anySeed, (seed) => {
      for (const { members } of generateTown('990019', seed).households) {
        expect(members.map(({ order }) => order)).toEqual(members.map((_, i) => i + 1));
        expect(members.filter(({ relationship }) => relationship === '世帯主')).toEqual([members[0]]);
        expect(headOf(members)).toBe(members[0]);
      }
    }),
    { numRuns: 8 },
  );
});

test('whatever the seed, the dates come in the order in which life brings them', () => {
  fc.assert(
    fc.property(anySeed, (seed) => {
      const town = generateTown('990027', seed);
      for (const { birth, becameResidentOn, addressSince, notifiedOn, nationalityKind } of everybody(town)) {
        if (!becameResidentOn || !addressSince || !notifiedOn) throw new Error('a date is missing');
        expect(earliestDay(birth) <= latestDay(becameResidentOn)).toBe(true);
        expect(earliestDay(becameResidentOn) <= latestDay(addressSince)).toBe(true);
        expect(latestDay(addressSince) <= latestDay(notifiedOn)).toBe(true);
        expect(latestDay(notifiedOn) <= TOWN_DAY).toBe(true);
        if (nationalityKind === 'foreign') expect(earliestDay(becameResidentOn) >= '2012-07-09').toBe(true);
        expect(ageOn(earliestDay(birth), TOWN_DAY)).toBeLessThan(110);
      }
    }),
    { numRuns: 8 },
  );
});

test('whatever the seed, children are younger than the head and parents older, by a generation', () => {
  fc.assert(
    fc.property(anySeed, (seed) => {
      for (const { members } of generateTown('990019', seed).households) {
        const head = members[0] as RegistryPerson;
        for (const { relationship, birth } of members) {
          if (relationship === '子') expect(birth.year - head.birth.year).toBeGreaterThanOrEqual(18);
          if (['父', '母', '妻の母'].includes(relationship)) {
            expect(head.birth.year - birth.year).toBeGreaterThanOrEqual(18);
          }
        }
      }
    }),
    { numRuns: 8 },
  );
});

/** Lines of a 戸籍 whose values name somebody or somewhere. */
const telling = ['配偶者氏名', '従前戸籍', '従前本籍', '新本籍', '入籍戸籍', '養子氏名', '養父氏名', '養母氏名'];

/** Everything by which a family could betray itself on a stranger’s page: of its 住民票, and of its other books in either town. */
function canariesByFamily(): Map<string, Set<string>> {
  const families = new Map<string, Set<string>>();
  const familyOf = new Map<string, string>();
  const add = (residentId: string, ...values: (string | null | undefined)[]) => {
    const family = familyOf.get(residentId) ?? residentId;
    const known = families.get(family) ?? new Set();
    for (const value of values) if (value) known.add(value);
    families.set(family, known);
  };
  for (const { households, counterparts, lgCode } of towns)
    for (const { householdId, address, members } of households)
      for (const member of members) {
        const { residentId, name, commonName, previousAddress, registeredDomicile, foreign, myNumber } = member;
        const family = `${lgCode} ${householdId}`;
        familyOf.set(residentId, family);
        const there = counterparts.find((one) => one.residentId === residentId)?.there.residentId;
        if (there) familyOf.set(there, family);
        add(residentId, name, commonName, previousAddress, address, foreign?.cardNumber, myNumber);
        add(residentId, registeredDomicile?.address, registeredDomicile?.head);
      }
  for (const { seals, koseki, addressHistories } of towns) {
    for (const { residentId, registrationId } of seals) add(residentId, registrationId);
    for (const { address, members, events } of koseki) {
      const owner = members.find(({ residentId }) => familyOf.has(residentId))?.residentId as string;
      const lines = [...events, ...members.flatMap((member) => member.events)].flatMap(({ items }) => items);
      const values = lines.filter(({ label }) => telling.some((word) => label === `【${word}】`));
      add(owner, address);
      for (const { value } of values) {
        const [first = '', ...rest] = value.split('　');
        add(owner, ...(first.endsWith('番地') ? [first, rest.join('　')] : [value]));
      }
      for (const { father, mother, adoptiveFather, adoptiveMother, residentId } of members)
        add(owner, father, mother, adoptiveFather, adoptiveMother, residentId);
    }
    for (const { members } of addressHistories) {
      const owner = members.find(({ residentId }) => familyOf.has(residentId))?.residentId as string;
      for (const { name, addresses } of members) add(owner, name, ...addresses.map(({ address }) => address));
    }
  }
  return families;
}

test('no value of one family is part of a value of any other, in all books of both towns together', () => {
  const families = canariesByFamily();
  const owner = new Map<string, string>();
  const twice = new Set<string>();
  for (const [family, values] of families)
    for (const value of values) {
      if (owner.has(value)) twice.add(`${value} ${family} and ${owner.get(value)}`);
      owner.set(value, family);
    }
  expect([...twice]).toEqual([]);
  expect(owner.size).toBeGreaterThan(8_000);
  const lengths = [...new Set([...owner.keys()].map(({ length }) => length))];
  const betrayed: string[] = [];
  for (const [value, family] of owner)
    for (let start = 0; start < value.length; start += 1)
      for (const length of lengths) {
        if (start + length > value.length) continue;
        const other = owner.get(value.slice(start, start + length));
        if (other !== undefined && other !== family) betrayed.push(`${other} in ${family}`);
      }
  expect(betrayed).toEqual([]);
});

test('within a household too, every full name is one person’s', () => {
  const names = towns.flatMap(everybody).flatMap(({ name, commonName }) => [name, ...(commonName ? [commonName] : [])]);
  expect(new Set(names).size).toBe(names.length);
});

test('everything about the people is visibly invented', () => {
  const known = [...surnames, ...Object.values(rareSurnames), ...Object.values(unprintableSurnames)].map(
    ([word]) => word,
  );
  const foreign = foreignFamilyNames.map(([word]) => word);
  for (const town of towns) {
    expect(town.lgCode).toMatch(/^99/);
    expect(findMunicipality(town.lgCode)?.prefecture).toBe('架空県');
    for (const { address, members } of town.households) {
      expect(quarters.some((quarter) => address.startsWith(`架空県${town.name}${quarter}`))).toBe(true);
      for (const member of members) {
        const separator = member.nationalityKind === 'foreign' ? ' ' : '　';
        expect(member.nationalityKind === 'foreign' ? foreign : known).toContain(member.name.split(separator)[0]);
        if (member.commonName) expect(known.some((word) => member.commonName?.startsWith(word))).toBe(true);
        const places = [member.previousAddress, member.registeredDomicile?.address].filter((place) => place != null);
        for (const place of places) {
          expect(['架空県夕凪市', '架空県霧笛町', ...elsewhere].some((start) => place.startsWith(start))).toBe(true);
        }
      }
    }
  }
});

const alone = (p: RegistryPerson, { members }: Household) =>
  p.status === 'resident' && !p.inProcess && p.protection === 'none' && members.length === 1;

/** What makes each persona the persona. */
const traits: Record<LivingKey, (person: RegistryPerson, household: Household) => boolean> = {
  single: (_, { members }) => members.length === 1,
  couple: (_, { members }) => members.length === 2,
  'family-head': (p, { members }) => p.order === 1 && members.length === 4,
  'family-spouse': (p) => p.relationship === '妻',
  'family-child': (p) => p.relationship === '子' && hasReachedAge(16, p.birth, TOWN_DAY) === 'yes',
  'under-15': (p) => hasReachedAge(15, p.birth, TOWN_DAY) === 'no',
  'three-generations': (_, { members }) => ['父', '子'].every((r) => members.some((m) => m.relationship === r)),
  'big-household': (_, { members }) => members.length === 6,
  nine: (_, { members }) => members.length === 9,
  'foreign-alias': (p) => p.nationalityKind === 'foreign' && p.commonName !== null && p.registeredDomicile === null,
  'foreign-no-kana': (p) => p.nationalityKind === 'foreign' && p.nameKana === null,
  'foreign-permanent': (p) => p.foreign?.category === '特別永住者' && p.foreign.residenceStatus === null,
  'foreign-spouse': (p, { members }) => p.nationalityKind === 'foreign' && members[0]?.nationalityKind === 'japanese',
  'former-name': (p) => p.formerName !== null,
  'kana-not-fixed': (p) => p.nationalityKind === 'japanese' && p.nameKana === null,
  protected: (p) => p.protection === 'active',
  'protected-joint': (p, { members }) => p.protection === 'joint' && members.some((m) => m.protection === 'active'),
  'protected-provisional': (p) => p.protection === 'provisional',
  leaving: (p) => p.status === 'leaving',
  'moved-out': (p, { members }) => p.status === 'left' && !members.some(isPresent),
  deceased: (p) => p.status === 'deceased',
  widowed: (p, { members }) => p.status === 'resident' && members.some((m) => m.status === 'deceased'),
  'child-moved-out': (_, { members }) => members.map((m) => m.status).join() === 'resident,resident,left',
  'child-leaving': (_, { members }) => members.map((m) => m.status).join() === 'resident,resident,leaving',
  removed: (p) => p.status === 'removed',
  'in-process': (p) => p.inProcess,
  'unknown-birth': (p) => p.birth.month === null && p.birth.day === null,
  'unknown-birth-day': (p) => p.birth.month !== null && p.birth.day === null,
  'unknown-era': (p) => p.birth.year === 1989 && p.birth.month === null,
  'leap-birthday': (p) => p.birth.month === 2 && p.birth.day === 29,
  'ivs-name': (p) => p.name.startsWith('葛\u{E0100}'),
  'ivs-name-2': (p) => p.name.startsWith('辻\u{E0100}'),
  'rare-letters': (p) => p.name.startsWith('\u{20BB7}'),
  'compatibility-letter': (p) => p.name.startsWith('\uFA19') && p.name !== p.name.normalize('NFC'),
  'missing-glyph': (p) => p.name.includes('\u4A3A'),
  'missing-sequence': (p) => p.name.includes('葛\u{E0102}'),
  'long-name': (p) => countGraphemes(p.name) >= 40 && countGraphemes(p.name) <= 80,
  'too-long-name': (p) => countGraphemes(p.name) > 120,
  'long-address': (_, { address }) => countGraphemes(address) >= 70,
  'domicile-elsewhere': (p) => p.registeredDomicile?.address.startsWith('虚空県') === true,
  'koseki-elsewhere': (p) => /^架空県(夕凪市|霧笛町)/.test(p.registeredDomicile?.address ?? ''),
  'tax-no-right': (p) => p.addressSince?.year === 2026 && p.addressSince.month === 2,
  'era-change-birth': (p) => p.birth.year === 1989 && p.birth.month === 1 && p.birth.day === 8,
  'long-domicile': (p) => countGraphemes(p.registeredDomicile?.address ?? '') >= 70,
  'long-alias': (p) => countGraphemes(p.commonName ?? '') >= 30,
  'private-use-letter': (p) => /^[\uE000-\uF8FF]/.test(p.name),
  adopted: (p) => p.relationship === '子' && hasReachedAge(15, p.birth, TOWN_DAY) === 'yes',
  // What their seals, ledgers and 戸籍 say stands in the tests of those.
  'seal-active': alone,
  'seal-oval': alone,
  'seal-largest': alone,
  'seal-smallest': alone,
  'seal-suspended': alone,
  'seal-cancelled': alone,
  'no-seal': alone,
  'tax-many-incomes': (p) => p.order === 1,
  'tax-exempt': alone,
  'tax-undeclared': alone,
  'tax-in-process': alone,
  'tax-unpaid': alone,
  'tax-stopped': alone,
  'koseki-long': (p, { members }) => p.order === 1 && members.length === 2,
  'koseki-transferred': (p, { members }) => p.order === 1 && members.length === 3,
  'koseki-in-process': alone,
  divorced: alone,
  'many-addresses': alone,
  'overseas-elector': alone,
};

test.each(livingKeys)('both towns have %s, and it is what its name says', (key) => {
  for (const town of [yunagi, muteki]) expect(traits[key](persona(town, key), householdOf(town, key))).toBe(true);
  expect(personas[key].ja).not.toBe('');
});
