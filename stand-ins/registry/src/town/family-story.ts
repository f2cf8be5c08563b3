/** What happened in a family before its 住民票 of today: when the 戸籍 began, and how a marriage ended. Dates fit the ages that are known. */
import { type CalendarDate, partsOf } from '@machikado/domain';
import type { LedgerDate, RegistryPerson } from '@machikado/protocol';
import type { FamilyDesk } from './family-desk.ts';
import type { HouseholdSpec } from './household-specs.ts';
import { dayIn, isWhole, latest } from './ledger-days.ts';
import { absentRelative, type Relative, relativeOf, surnameOf } from './relatives.ts';
import type { Household } from './town.ts';

export interface FamilyStory {
  readonly household: Household;
  readonly spec: HouseholdSpec;
  /** Of the 世帯主: what is special about the household is about this 戸籍. */
  readonly isMain: boolean;
  readonly address: string;
  readonly kind: 'married' | 'divorced' | 'widowed' | 'single';
  readonly head: Relative;
  readonly partner: Relative | undefined;
  /** Stands in no 戸籍. */
  readonly foreignSpouse: RegistryPerson | undefined;
  readonly children: readonly Relative[];
  /** 婚姻 or 分籍. */
  readonly begunOn: CalendarDate;
  /** 離婚 or 死亡. */
  readonly endedOn: CalendarDate | undefined;
  readonly rebuilt: boolean;
  /** Nothing that ended before stands in it. */
  readonly since: CalendarDate;
  readonly kanaOn: LedgerDate;
}

const LAST_YEAR = 2025;
const coupleWords = ['妻', '夫', '母', '子の妻'];

export function tellStory(
  desk: FamilyDesk,
  household: Household,
  people: readonly RegistryPerson[],
  spec: HouseholdSpec,
): FamilyStory {
  const { random } = desk;
  const [first, ...rest] = people as [RegistryPerson, ...RegistryPerson[]];
  const isMain = first.relationship === '世帯主';
  const spouse = rest.find(({ relationship }) => coupleWords.includes(relationship));
  const foreignSpouse = household.members.find(
    ({ nationalityKind, relationship }) =>
      isMain && nationalityKind === 'foreign' && ['妻', '夫'].includes(relationship),
  );
  const children = rest.filter((person) => person !== spouse).map((person) => relativeOf(desk, person));
  const kind = kindOf();
  const begunOn = beginning();
  const since = latest(begunOn, desk.computerisedOn);
  const absent = !spouse && (kind === 'divorced' || kind === 'widowed');
  const partner = spouse
    ? relativeOf(desk, spouse)
    : absent
      ? absentRelative(desk, surnameOf(first.name), first.sex === 'male' ? 'female' : 'male', partnerBirth())
      : undefined;
  return {
    ...{ household, spec, isMain, kind, partner, foreignSpouse, children, begunOn, since },
    address: first.registeredDomicile?.address ?? '',
    head: relativeOf(desk, first),
    endedOn: kind === 'divorced' || kind === 'widowed' ? ending() : undefined,
    rebuilt: begunOn < desk.computerisedOn,
    kanaOn: { year: 2025, month: random.between(6, 12), day: random.between(1, 28) },
  };

  function kindOf(): FamilyStory['kind'] {
    if (spouse?.status === 'deceased') return 'widowed';
    if (spouse || foreignSpouse) return 'married';
    if (first.relationship.includes('母')) return 'widowed';
    if (children.length > 0 || spec.family === 'divorced') return 'divorced';
    return first.birth.year < 1956 && isWhole(first.birth) && random.chance(0.5) ? 'widowed' : 'single';
  }

  function partnerBirth(): LedgerDate {
    return { year: first.birth.year + random.between(-3, 3), month: random.between(1, 12), day: random.between(1, 28) };
  }

  function beginning(): CalendarDate {
    const younger = Math.max(first.birth.year, (spouse ?? foreignSpouse)?.birth.year ?? first.birth.year + 3);
    const year = kind === 'single' ? first.birth.year + 20 : younger + 20 + random.between(0, 5);
    const firstChild = Math.min(...children.map(({ birth }) => birth.year));
    return dayIn(random, Math.min(year, spec.family === 'adopted' ? 2015 : firstChild - 1, LAST_YEAR));
  }

  /** After the last child and after it was computerised, else nothing of it would stand there. */
  function ending(): CalendarDate {
    const lastChild = Math.max(0, ...children.map(({ birth }) => birth.year));
    const earliest = Math.max(partsOf(since).year, partsOf(begunOn).year + 2, lastChild) + 1;
    return dayIn(random, spouse ? LAST_YEAR : Math.min(LAST_YEAR, earliest + random.between(0, 6)));
  }
}
