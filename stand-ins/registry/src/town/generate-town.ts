/**
 * An invented town: 500 residents or more in plausible households, the same for the same code and seed. Every full name, address
 * and 本籍 occurs once, so that any value of one resident that turns up on another’s page is found.
 */
import { findMunicipality, isTestMunicipality, testMunicipalities } from '@machikado/domain';
import { type HouseholdSpec, ordinaryHouseholds, personaHouseholds } from './household-specs.ts';
import { createNames } from './names.ts';
import { type PersonaKey, personaKeys } from './personas.ts';
import { createPlaces } from './places.ts';
import { createRandom, type Random } from './random.ts';
import { settle } from './settle.ts';
import type { Settler } from './settler.ts';
import type { Household, Town } from './town.ts';

export const RESIDENTS_MIN = 520;

export function generateTown(lgCode: string, seed: string): Town {
  const municipality = findMunicipality(lgCode);
  // Only prefecture 99: no invented person may ever seem to live in a real town.
  if (!municipality || !isTestMunicipality(lgCode)) throw new RangeError('not an invented municipality');
  const codes: string[] = [...testMunicipalities.keys()];
  const [part, parts] = [codes.indexOf(lgCode), codes.length];
  const random = createRandom(`${lgCode} ${seed}`);
  const settler: Settler = {
    random,
    names: createNames(random, part, parts),
    places: createPlaces(random, municipality, part, parts),
    residentId: createResidentIds(random, lgCode),
    cardNumber: createCardNumbers(random, part),
    households: [],
    personas: new Map(),
  };
  for (const spec of personaHouseholds) settle(settler, spec);
  while (countResidents(settler.households) < RESIDENTS_MIN) settle(settler, drawOrdinary(random));
  return {
    lgCode,
    seed,
    name: municipality.name,
    prefecture: municipality.prefecture,
    households: settler.households,
    personas: Object.fromEntries(personaKeys.map((key) => [key, personaOf(settler, key)])) as Record<
      PersonaKey,
      string
    >,
  };
}

function drawOrdinary(random: Random): HouseholdSpec {
  let left = random.int(ordinaryHouseholds.reduce((sum, { weight }) => sum + weight, 0));
  for (const { weight, spec } of ordinaryHouseholds) {
    if (left < weight) return spec;
    left -= weight;
  }
  throw new RangeError('no household has a weight');
}

function countResidents(households: readonly Household[]): number {
  return households.reduce((sum, household) => sum + household.members.length, 0);
}

/** 宛名番号: ten digits that say nothing about the person. */
function createResidentIds(random: Random, lgCode: string): () => string {
  const given = new Set<string>();
  return () => {
    for (;;) {
      const id = `${lgCode.slice(3)}${String(random.between(0, 9_999_999)).padStart(7, '0')}`;
      if (given.has(id)) continue;
      given.add(id);
      return id;
    }
  };
}

/** 在留カード等の番号, in the pattern of the real ones, of a series that is not in use. */
function createCardNumbers(random: Random, part: number): () => string {
  let next = random.between(1, 9) * 1_000_000;
  return () => {
    next += random.between(1, 999);
    return `ZZ${part}${String(next).padStart(7, '0')}ZZ`;
  };
}

function personaOf(settler: Settler, key: PersonaKey): string {
  const residentId = settler.personas.get(key);
  if (residentId === undefined) throw new RangeError(`no household for the persona ${key}`);
  return residentId;
}
