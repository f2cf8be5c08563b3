/** 住民票: who lives together. A change that cannot be (an unknown resident, a second death) refuses the whole batch. */
import { type RegistryPerson, refuse } from '@machikado/protocol';
import type { RegistryChange } from '../changes.ts';
import { HEAD, inOrder, isPresent } from '../household-order.ts';
import type { Household } from '../town/town.ts';
import { recordAddress, renameInFamily } from './family-changes.ts';
import type { Draft } from './town-books.ts';

type Change<T extends RegistryChange['type']> = Extract<RegistryChange, { type: T }>;

export function householdOf({ books }: Draft, residentId: string): Household {
  const id = books.householdOf.get(residentId) ?? refuse('MALFORMED_REQUEST', 'no such resident');
  return books.households.get(id) ?? refuse('MALFORMED_REQUEST', 'no such household');
}

export function personOf(draft: Draft, residentId: string): RegistryPerson {
  return householdOf(draft, residentId).members.find((member) => member.residentId === residentId) as RegistryPerson;
}

export function updatePerson(draft: Draft, residentId: string, update: Partial<RegistryPerson>): void {
  const household = householdOf(draft, residentId);
  const members = household.members.map((member) =>
    member.residentId === residentId ? { ...member, ...update } : member,
  );
  put(draft, { ...household, members: inOrder(members) });
}

/** Only who is still there can leave, die or be removed. */
export function updatePresent(draft: Draft, residentId: string, status: RegistryPerson['status']): void {
  if (!isPresent(personOf(draft, residentId))) refuse('MALFORMED_REQUEST', 'the resident is gone');
  updatePerson(draft, residentId, { status });
}

export function moveIn(draft: Draft, { address, members }: Change<'moved-in'>): void {
  for (const { residentId } of members) {
    if (draft.books.householdOf.get(residentId) !== undefined) refuse('MALFORMED_REQUEST', 'residentId is taken');
  }
  if (members.filter(({ relationship }) => relationship === HEAD).length !== 1) {
    refuse('MALFORMED_REQUEST', 'a household has one head');
  }
  put(draft, begin(draft, address, members));
  for (const { residentId, addressSince } of members) {
    draft.facts.push({ type: 'moved-in', residentId });
    recordAddress(draft, residentId, address, addressSince);
  }
}

export function moveWithin(draft: Draft, change: Change<'moved-within'>): void {
  const from = householdOf(draft, change.residentIds[0] as string);
  const moves = (member: RegistryPerson) => change.residentIds.includes(member.residentId);
  const moved = from.members
    .filter((member) => moves(member) && isPresent(member))
    .map((member) => ({ ...member, addressSince: change.on, notifiedOn: change.notifiedOn }));
  if (moved.length !== change.residentIds.length) refuse('MALFORMED_REQUEST', 'they do not live together');
  const staying = from.members.filter((member) => !moves(member));
  if (staying.some(isPresent)) {
    put(draft, { ...from, members: inOrder(staying) });
    put(draft, begin(draft, change.address, moved));
  } else {
    put(draft, { ...from, address: change.address, members: inOrder([...moved, ...staying]) });
  }
  for (const residentId of change.residentIds) recordAddress(draft, residentId, change.address, change.on);
}

export function changeName(draft: Draft, change: Change<'name-changed'>): void {
  const { type: _, residentId, ...named } = change;
  const before = personOf(draft, residentId).name;
  updatePerson(draft, residentId, named);
  // The 筆頭者 of the same 本籍 is the same person under the new name.
  const household = householdOf(draft, residentId);
  put(draft, {
    ...household,
    members: household.members.map((member) =>
      member.registeredDomicile?.head === before
        ? { ...member, registeredDomicile: { ...member.registeredDomicile, head: change.name } }
        : member,
    ),
  });
  renameInFamily(draft, residentId, change.name, change.nameKana);
}

function begin({ books }: Draft, address: string, members: readonly RegistryPerson[]): Household {
  const number = books.households.size + 1;
  return { householdId: `h${String(number).padStart(4, '0')}`, address, members: inOrder(members) };
}

function put({ books }: Draft, household: Household): void {
  books.households.put(household.householdId, household);
  for (const { residentId } of household.members) {
    if (books.householdOf.get(residentId) !== household.householdId)
      books.householdOf.put(residentId, household.householdId);
  }
}
