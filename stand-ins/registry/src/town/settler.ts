/** Where a town grows, and what is special about whom. */
import type { Desk } from './desk.ts';
import type { HouseholdSpec, MemberSpec } from './household-specs.ts';
import type { PersonaKey } from './personas.ts';
import type { Household } from './town.ts';

export interface Settler extends Desk {
  /** Of the 本籍: another desk’s for those whose 戸籍 is in the other town. */
  readonly domicilesFrom: Desk['places'];
  readonly settled: { readonly household: Household; readonly spec: HouseholdSpec }[];
  /** residentId → what was asked for. */
  readonly traits: Map<string, MemberSpec>;
  readonly personas: Map<PersonaKey, string>;
}

export function createSettler(desk: Desk, domicilesFrom = desk.places): Settler {
  return { ...desk, domicilesFrom, settled: [], traits: new Map(), personas: new Map() };
}

export function householdsOf({ settled }: Settler): Household[] {
  return settled.map(({ household }) => household);
}
