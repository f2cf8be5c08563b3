/** 印鑑登録 of a household: most people of 15 and more have registered one, with sizes as they are sold. Who is gone has it no more. */
import { addDays, earliestDay, hasReachedAge, toCalendarDate } from '@machikado/domain';
import type { RegistryPerson } from '@machikado/protocol';
import { newSeal } from '../books/seal-changes.ts';
import { isPresent } from '../household-order.ts';
import type { Desk } from './desk.ts';
import type { MemberSpec, SealTrait } from './household-specs.ts';
import { latest, onDay } from './ledger-days.ts';
import type { SealEntry } from './seal-entry.ts';
import { TOWN_DAY } from './settle.ts';
import type { Household } from './town.ts';

const sizes: readonly (readonly [widthMm: number, heightMm: number])[] = [
  [10.5, 10.5],
  [12, 12],
  [13.5, 13.5],
  [15, 15],
  [16.5, 16.5],
  [18, 18],
  [12, 16.5],
];
const sizeByTrait: Partial<Record<SealTrait, readonly [number, number]>> = {
  oval: [14, 21],
  largest: [25, 25],
  smallest: [8.1, 8.1],
};

export function sealsOf(desk: Desk, household: Household, traits: ReadonlyMap<string, MemberSpec>): SealEntry[] {
  return household.members.flatMap((member) => {
    const spec = traits.get(member.residentId);
    const drawn = draw(desk, member);
    // Every persona has one, unless it is about having none.
    return spec?.seal !== 'none' && (spec?.persona || spec?.seal || desk.random.chance(0.8)) ? drawn(spec?.seal) : [];
  });
}

/** All draws come first, so that a trait of one person changes nobody else’s seal. */
function draw({ random, town, residentId }: Desk, person: RegistryPerson) {
  const size = random.pick(sizes);
  const days = random.between(0, 20);
  const registrationId = `S${town.lgCode.slice(3)}-${residentId().slice(3)}`;
  return (trait: SealTrait | undefined): SealEntry[] => {
    const since = latest(earliestDay(person.addressSince ?? person.birth), fifteenthBirthday(person));
    const registeredOn = addDays(since, days);
    if (hasReachedAge(15, person.birth, TOWN_DAY) !== 'yes' || registeredOn > TOWN_DAY) return [];
    const seal = newSeal(person, registrationId, onDay(registeredOn), ...(sizeByTrait[trait as SealTrait] ?? size));
    if (!isPresent(person) || trait === 'cancelled') return [{ ...seal, state: 'cancelled', registrationVersion: 2 }];
    return trait === 'suspended' ? [{ ...seal, state: 'suspended', registrationVersion: 2 }] : [seal];
  };
}

function fifteenthBirthday({ birth }: RegistryPerson) {
  const { year } = birth;
  return toCalendarDate({ year: year + 16, month: 1, day: 5 });
}
