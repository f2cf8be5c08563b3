import { hasReachedAge, testMunicipalities } from '@machikado/domain';
import { SealRegistration } from '@machikado/protocol';
import { Check } from 'typebox/value';
import { expect, test } from 'vitest';
import { memoryJournal } from '../journal.ts';
import { createRegistry } from '../registry.ts';
import { generateTown } from './generate-town.ts';
import type { PersonaKey } from './personas.ts';
import { TOWN_DAY } from './settle.ts';

const towns = [...testMunicipalities.keys()].map((lgCode) => generateTown(lgCode, 'test'));
const registry = createRegistry({ towns, journal: memoryJournal('one'), now: () => new Date(0) });

test.each(towns)('$name: nobody below 15 has a seal, nobody has two, and who is gone has none that counts', (town) => {
  const people = new Map(town.households.flatMap(({ members }) => members.map((m) => [m.residentId, m])));
  expect(new Set(town.seals.map(({ residentId }) => residentId)).size).toBe(town.seals.length);
  expect(town.seals.length).toBeGreaterThan(250);
  for (const { residentId, state } of town.seals) {
    const person = people.get(residentId);
    expect(person && hasReachedAge(15, person.birth, TOWN_DAY)).toBe('yes');
    if (person?.status !== 'resident' && person?.status !== 'leaving') expect(state).toBe('cancelled');
  }
});

const cases: Partial<Record<PersonaKey, { state?: string; widthMm?: number; heightMm?: number } | null>> = {
  'seal-active': { state: 'active' },
  'seal-oval': { state: 'active', widthMm: 13.97, heightMm: 21 },
  'seal-largest': { state: 'active', widthMm: 24.98, heightMm: 24.98 },
  'seal-smallest': { state: 'active', widthMm: 8.09, heightMm: 8.09 },
  'seal-suspended': { state: 'suspended' },
  'seal-cancelled': { state: 'cancelled' },
  'no-seal': null,
  'under-15': null,
  deceased: { state: 'cancelled' },
  'private-use-letter': { state: 'active' },
};

test.each(Object.entries(cases))('%s: the seal is what the persona says', (key, expected) => {
  for (const { lgCode, personas } of towns) {
    const { seal } = registry.readRecord({ lgCode, residentId: personas[key as PersonaKey], sections: ['seal'] });
    if (expected === null) {
      expect(seal).toBeNull();
      continue;
    }
    expect(Check(SealRegistration, seal)).toBe(true);
    expect({ ...seal, ...seal?.imprint }).toMatchObject(expected ?? {});
  }
});

test('no two people have the same imprint', () => {
  const some = towns.flatMap(({ lgCode, seals }) =>
    seals.slice(0, 40).map(({ residentId }) => ({ lgCode, residentId })),
  );
  const imprints = some.map((who) => registry.readRecord({ ...who, sections: ['seal'] }).seal?.imprint.png);
  expect(new Set(imprints).size).toBe(some.length);
});
