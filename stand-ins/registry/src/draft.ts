/**
 * A batch of changes on the way: it sees what it has written itself, and nobody else sees any of it before it is committed.
 * A change that cannot be (an unknown resident, a second death) refuses the whole batch.
 */
import { type FeedEvent, type RegistryPerson, refuse } from '@machikado/protocol';
import type { RegistryChange } from './changes.ts';
import { HEAD, inOrder, isPresent } from './household-order.ts';
import type { Household } from './town/town.ts';

export interface Committed {
  findHousehold(householdId: string): Household | undefined;
  findHouseholdIdOf(residentId: string): string | undefined;
  readonly householdCount: number;
}

export type FeedFact = Omit<FeedEvent, 'seq' | 'at'>;

export class Draft {
  readonly households = new Map<string, Household>();
  readonly residence = new Map<string, string>();
  readonly facts: FeedFact[] = [];
  readonly #committed: Committed;
  #begun = 0;

  constructor(committed: Committed) {
    this.#committed = committed;
  }

  apply(change: RegistryChange): void {
    switch (change.type) {
      case 'cert-registered':
      case 'cert-renewed':
      case 'cert-withdrawn':
        this.#householdOf(change.residentId);
        this.facts.push(change);
        return;
      case 'moved-in':
        this.#moveIn(change.address, change.members);
        return;
      case 'move-out-notified':
        this.#updateEach(change.residentIds, () => ({ status: 'leaving' }));
        return;
      case 'moved-out':
        this.#updateEach(change.residentIds, () => ({ status: 'left' }));
        this.facts.push(...change.residentIds.map((residentId) => ({ type: 'moved-out', residentId }) as const));
        return;
      case 'moved-within':
        this.#moveWithin(change);
        return;
      case 'name-changed':
        this.#changeName(change);
        return;
      case 'previous-address-corrected':
        this.#update(change.residentId, () => ({ previousAddress: change.previousAddress }));
        return;
      case 'died':
        this.#updateEach([change.residentId], () => ({ status: 'deceased' }));
        this.facts.push({ type: 'died', residentId: change.residentId });
        return;
      case 'removed':
        this.#updateEach([change.residentId], () => ({ status: 'removed' }));
        return;
      case 'protection-set':
        this.#update(change.residentId, () => ({ protection: change.protection }));
        return;
      case 'in-process-set':
        this.#update(change.residentId, () => ({ inProcess: change.inProcess }));
        return;
    }
  }

  #moveIn(address: string, members: readonly RegistryPerson[]): void {
    for (const { residentId } of members) {
      if (this.#findHouseholdId(residentId) !== undefined) refuse('MALFORMED_REQUEST', 'residentId is taken');
    }
    if (members.filter(({ relationship }) => relationship === HEAD).length !== 1) {
      refuse('MALFORMED_REQUEST', 'a household has one head');
    }
    this.#put(this.#begin(address, members));
    this.facts.push(...members.map(({ residentId }) => ({ type: 'moved-in', residentId }) as const));
  }

  #moveWithin(change: Extract<RegistryChange, { type: 'moved-within' }>): void {
    const from = this.#householdOf(change.residentIds[0] as string);
    const moves = (member: RegistryPerson) => change.residentIds.includes(member.residentId);
    const moved = from.members
      .filter((member) => moves(member) && isPresent(member))
      .map((member) => ({ ...member, addressSince: change.on, notifiedOn: change.notifiedOn }));
    if (moved.length !== change.residentIds.length) refuse('MALFORMED_REQUEST', 'they do not live together');
    const staying = from.members.filter((member) => !moves(member));
    if (staying.some(isPresent)) {
      this.#put({ ...from, members: inOrder(staying) });
      this.#put(this.#begin(change.address, moved));
    } else {
      this.#put({ ...from, address: change.address, members: inOrder([...moved, ...staying]) });
    }
  }

  #changeName(change: Extract<RegistryChange, { type: 'name-changed' }>): void {
    const { type: _, residentId, ...named } = change;
    const before = this.#memberOf(residentId).name;
    this.#update(residentId, () => named);
    // The 筆頭者 of the same 本籍 is the same person under the new name.
    const household = this.#householdOf(residentId);
    this.#put({
      ...household,
      members: household.members.map((member) =>
        member.registeredDomicile?.head === before
          ? { ...member, registeredDomicile: { ...member.registeredDomicile, head: change.name } }
          : member,
      ),
    });
  }

  /** Only who is still there can leave, die or be removed. */
  #updateEach(residentIds: readonly string[], update: () => Partial<RegistryPerson>): void {
    for (const residentId of residentIds) {
      if (!isPresent(this.#memberOf(residentId))) refuse('MALFORMED_REQUEST', 'the resident is gone');
      this.#update(residentId, update);
    }
  }

  #update(residentId: string, update: () => Partial<RegistryPerson>): void {
    const household = this.#householdOf(residentId);
    const members = household.members.map((member) =>
      member.residentId === residentId ? { ...member, ...update() } : member,
    );
    this.#put({ ...household, members: inOrder(members) });
  }

  #begin(address: string, members: readonly RegistryPerson[]): Household {
    this.#begun += 1;
    const number = this.#committed.householdCount + this.#begun;
    return { householdId: `h${String(number).padStart(4, '0')}`, address, members: inOrder(members) };
  }

  #put(household: Household): void {
    this.households.set(household.householdId, household);
    for (const { residentId } of household.members) this.residence.set(residentId, household.householdId);
  }

  #memberOf(residentId: string): RegistryPerson {
    return this.#householdOf(residentId).members.find((member) => member.residentId === residentId) as RegistryPerson;
  }

  #householdOf(residentId: string): Household {
    const id = this.#findHouseholdId(residentId) ?? refuse('MALFORMED_REQUEST', 'no such resident');
    const household = this.households.get(id) ?? this.#committed.findHousehold(id);
    return household ?? refuse('MALFORMED_REQUEST', 'no such household');
  }

  #findHouseholdId(residentId: string): string | undefined {
    return this.residence.get(residentId) ?? this.#committed.findHouseholdIdOf(residentId);
  }
}
