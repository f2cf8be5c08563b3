/**
 * The people who live in one invented town and have the 本籍 in the other. They are the same whatever the seeds, so that both towns, each
 * generated for itself, know the same people: the one by their 住民票, the other by their 戸籍.
 */
import { testMunicipalities } from '@machikado/domain';
import { createDesk, createResidentIds, type Given, nothingGiven } from './desk.ts';
import { type FamilyBooks, familyBooks } from './family-books.ts';
import { computerisedOn } from './family-desk.ts';
import { exchangeHouseholds } from './household-specs.ts';
import { createPlaces } from './places.ts';
import { createRandom } from './random.ts';
import { settle } from './settle.ts';
import { createSettler, type Settler } from './settler.ts';

export interface Exchange {
  readonly settler: Settler;
  readonly books: readonly FamilyBooks[];
  /** residentId where they live → in the town of the 本籍. */
  readonly idThere: ReadonlyMap<string, string>;
  /** What was given at home; the numbers that were given in the other town. */
  readonly given: Given;
  readonly idsThere: ReadonlySet<string>;
}

export function exchange(homeCode: string, domicileCode: string): Exchange {
  const random = createRandom(`本籍 of ${homeCode} in ${domicileCode}`);
  const given = nothingGiven();
  const home = createDesk(random, homeCode, given, 1);
  const there = testMunicipalities.get(domicileCode as never);
  if (!there) throw new RangeError('not an invented municipality');
  const codes: string[] = [...testMunicipalities.keys()];
  // Lots that the town of the 本籍 gives to nobody else.
  const lots = [10_000, 19_999] as const;
  const share = [codes.indexOf(domicileCode), codes.length] as const;
  const settler = createSettler(home, createPlaces(random, there, share, new Set(), lots));
  for (const spec of exchangeHouseholds) settle(settler, spec);

  const idsThere = new Set<string>();
  const newId = createResidentIds(random, domicileCode, idsThere);
  const idThere = new Map<string, string>();
  for (const { household } of settler.settled)
    for (const { residentId } of household.members) idThere.set(residentId, newId());
  let kosekis = 0;
  const desk = {
    ...home,
    residentId: newId,
    kosekiId: () => `x${String(++kosekis).padStart(4, '0')}`,
    idOf: (residentId: string) => idThere.get(residentId) ?? residentId,
    domicileTown: `${there.prefecture}${there.name}`,
    computerisedOn: computerisedOn(domicileCode),
  };
  const books = settler.settled.flatMap(({ household, spec }) => familyBooks(desk, household, spec));
  return { settler, books, idThere, given, idsThere };
}
