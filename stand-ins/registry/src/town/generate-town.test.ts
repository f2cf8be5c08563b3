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

function persona(town: Town, key: PersonaKey): RegistryPerson {
  return everybody(town).find(({ residentId }) => residentId === town.personas[key]) as RegistryPerson;
}
function householdOf(town: Town, key: PersonaKey): Household {
  const id = town.personas[key];
  return town.households.find(({ members }) => members.some(({ residentId }) => residentId === id)) as Household;
}

test('the same seed gives the same town on every machine, and another seed another town', () => {
  const digest = (town: Town) => createHash('sha256').update(JSON.stringify(town)).digest('hex');
  expect(digest(generateTown('990019', 'golden'))).toBe(
    'e266959ec9eb8f811969497ee25f47c1ea27e681a963834e5ca4c24ea2ec49b6',
  );
  expect(digest(generateTown('990027', 'golden'))).toBe(
    '34bf87af58ee0a69c9104fc8693ffe66e92152a3d707c0a55cdcc8a616ac77a0',
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
    { numRuns: 15 },
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
    { numRuns: 15 },
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
    { numRuns: 15 },
  );
});

test('no name, address, 本籍 or card number of one household is part of a value of any other, in both towns together', () => {
  const canaries = towns.flatMap((town) =>
    town.households.map(({ householdId, address, members }) => ({
      at: `${town.lgCode} ${householdId}`,
      values: new Set(
        members
          .flatMap((m) => [
            m.name,
            m.commonName,
            m.previousAddress,
            m.registeredDomicile?.address,
            m.registeredDomicile?.head,
            m.foreign?.cardNumber,
          ])
          .concat(address)
          .filter((value) => value !== null && value !== undefined),
      ),
    })),
  );
  const text = canaries.map(({ values }) => [...values].join('\n'));
  const whole = text.join('\n');
  for (const [i, { values }] of canaries.entries()) {
    for (const value of values) {
      expect(whole.split(value).length, `a value of ${canaries[i]?.at} occurs elsewhere`).toBe(
        text[i]?.split(value).length,
      );
    }
  }
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
        if (member.commonName) expect(known).toContain(member.commonName.split('　')[0]);
        const places = [member.previousAddress, member.registeredDomicile?.address].filter((place) => place != null);
        for (const place of places) {
          expect([`架空県${town.name}`, ...elsewhere].some((start) => place.startsWith(start))).toBe(true);
        }
      }
    }
  }
});

/** What makes each persona the persona. */
const traits: Record<PersonaKey, (person: RegistryPerson, household: Household) => boolean> = {
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
};

test.each(personaKeys)('both towns have %s, and it is what its name says', (key) => {
  for (const town of [yunagi, muteki]) expect(traits[key](persona(town, key), householdOf(town, key))).toBe(true);
  expect(personas[key].ja).not.toBe('');
});
