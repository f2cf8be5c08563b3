/**
 * An invented town: 500 residents or more in plausible households, with the books behind them, the same for the same code and seed. Every
 * full name, address and 本籍 occurs once, so that any value of one resident that turns up on another’s page is found.
 */
import { findMunicipality, isTestMunicipality, testMunicipalities } from '@machikado/domain';
import { createDesk } from './desk.ts';
import { type Exchange, exchange } from './exchange.ts';
import { familyBooks } from './family-books.ts';
import { computerisedOn } from './family-desk.ts';
import { type HouseholdSpec, ordinaryHouseholds, personaHouseholds } from './household-specs.ts';
import { type PersonaKey, personaKeys } from './personas.ts';
import { createRandom, type Random } from './random.ts';
import { sealsOf } from './seals.ts';
import { settle } from './settle.ts';
import { createSettler, householdsOf, type Settler } from './settler.ts';
import { ledgersOf } from './tax-ledgers.ts';
import type { Counterpart, Household, Town } from './town.ts';

export const RESIDENTS_MIN = 520;

export function generateTown(lgCode: string, seed: string): Town {
  const municipality = findMunicipality(lgCode);
  // Only prefecture 99: no invented person may ever seem to live in a real town.
  if (!municipality || !isTestMunicipality(lgCode)) throw new RangeError('not an invented municipality');
  const { name, prefecture } = municipality;
  const otherCode = [...testMunicipalities.keys()].find((code) => code !== lgCode) as string;
  const away = exchange(lgCode, otherCode);
  const coming = exchange(otherCode, lgCode);
  const given = { ...away.given, ids: new Set([...away.given.ids, ...coming.idsThere]) };

  const random = createRandom(`${lgCode} ${seed}`);
  const people = createDesk(random, lgCode, given, 0);
  const settler: Settler = { ...createSettler(people), settled: [...away.settler.settled] };
  for (const [id, trait] of away.settler.traits) settler.traits.set(id, trait);
  for (const spec of personaHouseholds) settle(settler, spec);
  while (countResidents(householdsOf(settler)) < RESIDENTS_MIN) settle(settler, drawOrdinary(random));

  // The books have a desk of their own: another entry in them changes nobody’s name.
  const bookDesk = createDesk(createRandom(`books of ${lgCode} ${seed}`), lgCode, given, 2);
  let kosekis = 0;
  const familyDesk = {
    ...bookDesk,
    kosekiId: () => `k${String(++kosekis).padStart(4, '0')}`,
    idOf: (residentId: string) => residentId,
    domicileTown: `${prefecture}${name}`,
    computerisedOn: computerisedOn(lgCode),
  };
  const families = settler.settled.flatMap(({ household, spec }) => familyBooks(familyDesk, household, spec));
  const all = [...families, ...coming.books];
  const counterparts = [...counterpartsOf(away, otherCode), ...counterpartsOf(coming, otherCode, 'coming')];
  return {
    lgCode,
    seed,
    name,
    prefecture,
    households: householdsOf(settler),
    seals: householdsOf(settler).flatMap((household) => sealsOf(bookDesk, household, settler.traits)),
    ledgers: householdsOf(settler).flatMap((household) => ledgersOf(bookDesk, household, settler.traits)),
    koseki: all.map(({ koseki }) => koseki),
    addressHistories: all.map(({ history }) => history),
    counterparts,
    personas: personasOf(settler, away, coming),
  };
}

function personasOf(settler: Settler, away: Exchange, coming: Exchange): Readonly<Record<PersonaKey, string>> {
  const elsewhere = 'koseki-elsewhere';
  const only = coming.settler.personas.get(elsewhere);
  const residentIds = new Map([...settler.personas, ...away.settler.personas]);
  if (only !== undefined) residentIds.set('domicile-only', coming.idThere.get(only) as string);
  return Object.fromEntries(
    personaKeys.map((key) => {
      const residentId = residentIds.get(key);
      if (residentId === undefined) throw new RangeError(`no household for the persona ${key}`);
      return [key, residentId];
    }),
  ) as Record<PersonaKey, string>;
}

/** `coming`: seen from the town of the 本籍. */
function counterpartsOf({ idThere }: Exchange, lgCode: string, seen: 'away' | 'coming' = 'away'): Counterpart[] {
  return Array.from(idThere, ([home, there]) =>
    seen === 'away'
      ? { residentId: home, there: { lgCode, residentId: there } }
      : { residentId: there, there: { lgCode, residentId: home } },
  );
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
