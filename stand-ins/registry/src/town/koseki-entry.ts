/** One person of a 戸籍, with 出生 first and the 振り仮名 last among the events. */
import type { KosekiMember } from '@machikado/protocol';
import { toKatakana } from '../books/family-changes.ts';
import type { FamilyDesk } from './family-desk.ts';
import type { FamilyStory } from './family-story.ts';
import { type KosekiEvent, kosekiEvents } from './koseki-events.ts';
import { daysAfter, isWhole } from './ledger-days.ts';
import { givenOf, type Parents, type Relative } from './relatives.ts';

export interface Entry {
  readonly person: Relative;
  readonly member: KosekiMember;
}

export interface EntryFacts {
  readonly parents: Pick<Parents, 'father' | 'mother'>;
  readonly relationship: string;
  readonly spouseOf?: 'husband' | 'wife';
  readonly adoptive?: Pick<Parents, 'father' | 'mother'>;
  readonly removed?: boolean;
  readonly events: readonly KosekiEvent[];
}

/** Its `order` is given when all stand there. */
export function entryOf(
  { random, domicileTown }: FamilyDesk,
  { kanaOn }: FamilyStory,
  person: Relative,
  { parents, relationship, spouseOf = undefined, adoptive, removed = false, events }: EntryFacts,
): Entry {
  const { residentId, birth, protection } = person;
  const kana = person.nameKana ? toKatakana(givenOf(person.nameKana)) || null : null;
  const place = random.chance(0.6) ? domicileTown : '虚空県蜃気楼市';
  const notified = isWhole(birth)
    ? { on: daysAfter(birth, random.between(2, 12)), by: random.chance(0.8) ? '父' : '母' }
    : undefined;
  // Whoever was gone before 2025 never had it recorded here.
  const nameKana = kana && !removed ? [kosekiEvents.nameKana(kanaOn, birth.year > 2010 ? '親権者' : '本人')] : [];
  return {
    person,
    member: {
      residentId,
      order: 1,
      name: givenOf(person.name),
      nameKana: removed ? null : kana,
      birth,
      father: parents.father,
      mother: parents.mother,
      adoptiveFather: adoptive?.father ?? null,
      adoptiveMother: adoptive?.mother ?? null,
      relationship,
      spouseOf: spouseOf ?? null,
      status: removed ? 'removed' : 'recorded',
      protection,
      events: [kosekiEvents.born(birth, place, notified), ...events, ...nameKana],
    },
  };
}
