/** 戸籍の附票: where somebody of a 戸籍 has lived, the oldest first, up to the address of today. */
import { earliestDay, partsOf } from '@machikado/domain';
import type { AddressHistory } from '@machikado/protocol';
import type { FamilyDesk } from './family-desk.ts';
import type { FamilyStory } from './family-story.ts';
import { dayIn, daysAfter, onDay } from './ledger-days.ts';
import type { Relative } from './relatives.ts';

type Address = AddressHistory['members'][number]['addresses'][number];
const MANY = 24;

export function addressesOf(desk: FamilyDesk, story: FamilyStory, person: Relative): Address[] {
  const { random, places } = desk;
  const { resident } = person;
  if (!resident)
    return [{ address: places.formerAddress(), since: daysAfter(onDay(story.begunOn), random.between(30, 900)) }];
  const today = { address: story.household.address, since: resident.addressSince };
  const before = earlier(desk, story, person);
  const after =
    resident.status === 'left' ? [{ address: places.formerAddress(), since: onDay(dayIn(random, 2025)) }] : [];
  return [...before, today, ...after];
}

/** Who was born at the address of today has no other. */
function earlier(desk: FamilyDesk, { spec }: FamilyStory, { resident, birth }: Relative): Address[] {
  const { random, places } = desk;
  const since = resident?.addressSince;
  if (!resident || !since || earliestDay(birth) >= earliestDay(since)) return [];
  const last = resident.previousAddress ?? places.address();
  const count = { many: MANY, overseas: 4, some: random.int(4) }[spec.addresses ?? 'some'];
  const from = birth.year;
  const years = Math.max(0, partsOf(earliestDay(since)).year - 1 - from);
  // Equal spells, so that each begins after the one before; no more of them than there were years.
  const spells = Math.min(count + 1, years);
  return Array.from({ length: spells }, (_, i) => {
    const begins = i === 0 ? birth : onDay(dayIn(random, from + Math.floor((years * i) / spells)));
    if (i === spells - 1) return { address: last, since: begins };
    const abroad = spec.addresses === 'overseas' && i === spells - 2;
    return { address: abroad ? places.overseas() : places.formerAddress(), since: begins };
  });
}
