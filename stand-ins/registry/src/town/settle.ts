/** Turns one household of the tables into residents: names, ages that fit together, dates in the order in which they must come. */
import { addDays, parseCalendarDate, partsOf, toCalendarDate } from '@machikado/domain';
import type { LedgerDate, RegistryPerson } from '@machikado/protocol';
import { foreignItems } from './foreign-items.ts';
import type { HouseholdSpec, MemberSpec } from './household-specs.ts';
import type { Word } from './invented-words.ts';
import type { Random } from './random.ts';
import type { Settler } from './settler.ts';

/** The day on which the towns are as they are generated. */
export const TOWN_DAY = parseCalendarDate('2026-04-01');
const TOWN_YEAR = partsOf(TOWN_DAY).year;

export function settle(settler: Settler, spec: HouseholdSpec): void {
  const { random, places } = settler;
  const surname = spec.surname ?? settler.names.surname();
  const headAge = random.between(...spec.headAge);
  // 外国人住民 have been in the register since 2012-07-09 only.
  const foreign = spec.members.some((member) => member.foreign !== undefined);
  const yearsMax = Math.min(foreign ? 12 : 20, headAge - 18);
  const yearsAgo = random.between(1, yearsMax);
  const movedInOn = spec.movedInThisYear
    ? toCalendarDate({ year: TOWN_YEAR, month: 2, day: random.between(1, 14) })
    : dayOfYear(random, TOWN_YEAR - yearsAgo);
  const family = {
    surname,
    movedInOn,
    notifiedOn: ledgerDate(addDays(movedInOn, random.between(0, 13))),
    previousAddress:
      foreign || random.chance(0.7) || spec.movedInThisYear || spec.addresses ? places.formerAddress() : null,
  };
  const draft = spec.members.map((member, i) => person(settler, family, member, i, birthOf(random, headAge, spec, i)));
  const { domicile, longDomicile, domicileElsewhere } = settler.domicilesFrom;
  const newDomicile = { elsewhere: domicileElsewhere, long: longDomicile, here: domicile }[spec.domicile ?? 'here'];
  const household = {
    householdId: `h${String(settler.settled.length + 1).padStart(4, '0')}`,
    address: spec.longAddress ? places.longAddress() : places.address(),
    members: withDomiciles(draft, newDomicile),
  };
  settler.settled.push({ household, spec });
}

interface Family {
  readonly surname: Word;
  readonly movedInOn: ReturnType<typeof parseCalendarDate>;
  readonly notifiedOn: LedgerDate;
  readonly previousAddress: string | null;
}

function person(settler: Settler, family: Family, spec: MemberSpec, index: number, drawn: LedgerDate): RegistryPerson {
  const residentId = settler.residentId();
  settler.traits.set(residentId, spec);
  if (spec.persona) settler.personas.set(spec.persona, residentId);
  const birth = spec.as?.birth ?? drawn;
  const bornHere = birth.month !== null && birth.day !== null && isAfter(birth, family.movedInOn);
  const since = bornHere ? birth : ledgerDate(family.movedInOn);
  const named = spec.foreign
    ? foreignItems(settler, spec.foreign, family.surname, spec.sex)
    : { ...japaneseName(settler, surnameOf(settler, family, spec), spec.sex), commonName: null, foreign: null };
  return {
    residentId,
    order: index + 1,
    formerName: null,
    formerNameKana: spec.as?.formerName ? formerNameKana(settler) : null,
    nationalityKind: spec.foreign ? 'foreign' : 'japanese',
    status: 'resident',
    inProcess: false,
    birth,
    sex: spec.sex,
    relationship: spec.relationship,
    // Who came from nowhere else has lived in the town from birth on.
    becameResidentOn: family.previousAddress === null && birth.day !== null ? birth : since,
    addressSince: since,
    notifiedOn: bornHere ? ledgerDate(addDays(toCalendarDate(fullDate(birth)), 7)) : family.notifiedOn,
    previousAddress: bornHere ? null : family.previousAddress,
    registeredDomicile: null,
    myNumber: settler.myNumber(),
    protection: 'none',
    ...named,
    ...spec.as,
  };
}

/** 霧笛町 has not fixed it yet. */
function formerNameKana({ town }: Settler): string | null {
  return town.lgCode === '990019' ? 'きゅうせいみほん' : null;
}

/** The wife’s mother bears another surname than the family. */
function surnameOf({ names }: Settler, family: Family, { relationship }: MemberSpec): Word {
  return relationship === '妻の母' ? names.surname() : family.surname;
}

function japaneseName(settler: Settler, surname: Word, sex: 'male' | 'female') {
  const { name, kana } = settler.names.full(surname, sex);
  return { name, nameKana: kana };
}

/** 本籍: parents have a 戸籍 of their own, and so does a child who has married; its first member here is the 筆頭者. */
function withDomiciles(members: readonly RegistryPerson[], newDomicile: () => string): RegistryPerson[] {
  const married = members.some(({ relationship }) => relationship === '子の妻');
  const koseki = new Map<string, { address: string; head: string }>();
  return members.map((member) => {
    if (member.nationalityKind === 'foreign') return member;
    const key = kosekiOf(member.relationship, married);
    const registeredDomicile = koseki.get(key) ?? { address: newDomicile(), head: member.name };
    koseki.set(key, registeredDomicile);
    return { ...member, registeredDomicile };
  });
}

function kosekiOf(relationship: string, married: boolean): string {
  if (relationship === '父' || relationship === '母') return 'parents';
  if (relationship === '妻の母') return 'mother of the wife';
  return married && relationship.startsWith('子') ? 'married child' : 'head';
}

/** Parents are older than their children by 24 years at least, and siblings three years apart. */
function birthOf(random: Random, headAge: number, spec: HouseholdSpec, index: number): LedgerDate {
  const generation = spec.members[index]?.generation ?? 0;
  const elders = spec.members.slice(0, index).filter((member) => member.generation === generation).length;
  const age = {
    1: headAge + 24 + random.int(6),
    0: headAge - (elders > 0 ? random.int(5) : 0),
    [-1]: headAge - 28 - 3 * (elders - (spec.members.some(({ relationship }) => relationship === '子の妻') ? 1 : 0)),
    [-2]: headAge - 56 - 3 * elders,
  }[generation];
  return ledgerDate(dayOfYear(random, TOWN_YEAR - 1 - Math.max(0, age)));
}

function dayOfYear(random: Random, year: number) {
  return toCalendarDate({ year, month: random.between(1, 12), day: random.between(1, 28) });
}

function ledgerDate(date: ReturnType<typeof parseCalendarDate>): LedgerDate {
  return partsOf(date);
}

function fullDate(date: LedgerDate) {
  return { year: date.year, month: date.month ?? 1, day: date.day ?? 1 };
}

function isAfter(date: LedgerDate, other: string): boolean {
  return toCalendarDate(fullDate(date)) > other;
}
