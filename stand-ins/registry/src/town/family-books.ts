/**
 * 戸籍 and 附票 behind the 住民票 of one household: who is the 筆頭者 there has the 戸籍 here, under the same 本籍 and with the same names. Whoever died,
 * divorced or married away since it was computerised stands in it as 除籍.
 */
import { parseCalendarDate } from '@machikado/domain';
import type { AddressHistory, Koseki, RegistryPerson } from '@machikado/protocol';
import { toKatakana } from '../books/family-changes.ts';
import { addressesOf } from './address-history.ts';
import type { FamilyDesk } from './family-desk.ts';
import { type FamilyStory, tellStory } from './family-story.ts';
import type { HouseholdSpec } from './household-specs.ts';
import { childEntries } from './koseki-children.ts';
import { coupleEntries } from './koseki-couple.ts';
import type { Entry } from './koseki-entry.ts';
import { type KosekiEvent, kosekiEvents } from './koseki-events.ts';
import { latest, onDay } from './ledger-days.ts';
import { absentParents, type Parents, surnameOf } from './relatives.ts';
import type { Household } from './town.ts';

export interface FamilyBooks {
  readonly koseki: Koseki;
  readonly history: AddressHistory;
}

/** Only the 戸籍 of the desk’s own town; who has the 本籍 elsewhere is known there. */
export function familyBooks(desk: FamilyDesk, household: Household, spec: HouseholdSpec): FamilyBooks[] {
  const families = new Map<string, RegistryPerson[]>();
  for (const member of household.members) {
    const address = member.registeredDomicile?.address;
    if (address?.startsWith(desk.domicileTown)) families.set(address, [...(families.get(address) ?? []), member]);
  }
  // The elders first: they are the parents of the others, and theirs is the 従前戸籍.
  const origins = new Map<string, Parents>();
  return [...families.values()]
    .sort((a, b) => generationOf(a) - generationOf(b))
    .map((people) => {
      const story = tellStory(desk, household, people, spec);
      remember(story, origins);
      return write(desk, story, origins);
    });
}

const generations = ['父', '母', '妻の母', '世帯主'];
function generationOf([first]: readonly RegistryPerson[]): number {
  const at = generations.indexOf(first?.relationship ?? '');
  return at < 0 ? generations.length : at;
}

/** Whose parents these are, by 続柄 to the head of the household. */
function remember(story: FamilyStory, origins: Map<string, Parents>): void {
  const { head, household, address } = story;
  const childrens = { 父: ['世帯主'], 母: ['世帯主'], 妻の母: ['妻'], 世帯主: ['子'], 子: ['子の子'] }[
    head.resident?.relationship ?? ''
  ];
  const [father, mother] = parentsIn(story);
  for (const { residentId, relationship } of household.members)
    if (childrens?.includes(relationship))
      origins.set(residentId, { father, mother, from: `${address}　${head.name}` });
}

function parentsIn({ head, partner, foreignSpouse }: FamilyStory): readonly [string | null, string | null] {
  const other = (partner ?? foreignSpouse)?.name ?? null;
  return head.sex === 'male' ? [head.name, other] : [other, head.name];
}

function write(desk: FamilyDesk, story: FamilyStory, origins: ReadonlyMap<string, Parents>): FamilyBooks {
  const { head, partner, address, spec, isMain } = story;
  const parentsOf = (residentId: string | undefined, bornAs: string) =>
    origins.get(residentId ?? '') ?? absentParents(desk, bornAs);
  const bornAs = partner && desk.names.maiden(partner.name, maidenSurname(story));
  const couple = coupleEntries(desk, story, {
    head: parentsOf(head.resident?.residentId, head.name),
    ...(partner && bornAs !== undefined && { partner: { ...parentsOf(partner.resident?.residentId, bornAs), bornAs } }),
  });
  const [father, mother] = parentsIn(story);
  const entries = [...couple, ...childEntries(desk, story, { father, mother })];
  const shared = {
    kosekiId: desk.kosekiId(),
    address,
    head: head.name,
    state: isMain && spec.family === 'in-process' ? ('in-process' as const) : ('current' as const),
  };
  return {
    koseki: {
      ...shared,
      surnameKana: head.nameKana ? toKatakana(surnameOf(head.nameKana)) : null,
      events: kosekiWide(desk, story),
      members: entries.map(({ member }, i) => ({ ...member, order: i + 1 })),
    },
    history: { ...shared, members: entries.map((entry, i) => historyMember(desk, story, entry, i + 1)) },
  };
}

function maidenSurname({ household, isMain }: FamilyStory): string | undefined {
  const wifesMother = household.members.find(({ relationship }) => relationship === '妻の母');
  return isMain && wifesMother ? surnameOf(wifesMother.name) : undefined;
}

/** 戸籍事項 */
function kosekiWide({ random, places, computerisedOn }: FamilyDesk, story: FamilyStory): KosekiEvent[] {
  const { head, begunOn, rebuilt, since, spec, isMain, kanaOn } = story;
  const transfers = isMain && (spec.family === 'transferred' || (spec.family === undefined && random.chance(0.1)));
  const began = transfers
    ? kosekiEvents.transferred(onDay(latest(since, parseCalendarDate('2012-04-02'))), places.domicileElsewhere())
    : rebuilt
      ? kosekiEvents.rebuilt(onDay(computerisedOn))
      : kosekiEvents.formed(onDay(begunOn));
  return [began, ...(head.nameKana ? [kosekiEvents.surnameKana(kanaOn, '筆頭者')] : [])];
}

function historyMember(desk: FamilyDesk, story: FamilyStory, { person, member }: Entry, order: number) {
  const { residentId, birth, status, protection } = member;
  const elector = story.spec.addresses === 'overseas' && person === story.head;
  return {
    ...{ residentId, order, name: person.name, birth, sex: person.sex, status, protection },
    addresses: addressesOf(desk, story, person),
    overseasElector: elector ? desk.domicileTown : null,
  };
}
