/**
 * What a 住民票の写し must show of a person, as letters without spaces, and what of anybody would betray them. Written for these
 * tests alone: it shares nothing with the form or with the inspection.
 */
import { lettersOf } from '@machikado/inspection';
import type { LedgerDate, RecordItem, RegistryPerson, RegistryRecord } from '@machikado/protocol';

export interface Selected {
  readonly household: RegistryRecord;
  readonly persons: readonly RegistryPerson[];
  readonly items: readonly RecordItem[];
}

/** All values of a person that nobody outside the household has; dates and short words are looked at otherwise. */
export function canariesOf(person: RegistryPerson, address: string): string[] {
  const { name, nameKana, formerName, formerNameKana, commonName, previousAddress, myNumber } = person;
  const { registeredDomicile, foreign } = person;
  return texts([
    ...[name, nameKana, formerName, formerNameKana, commonName, previousAddress, address, myNumber],
    ...[registeredDomicile?.address, registeredDomicile?.head, foreign?.cardNumber],
  ]);
}

/** What must stand on the copy; and no other canary may. */
export function mustStand({ household, persons, items }: Selected): string[] {
  const head = items.includes('relationship') ? [household.headName] : [];
  return texts([household.address, ...head, ...persons.flatMap((person) => ofPerson(person, items))]);
}

/** Every date that may stand there, besides the day of issue. */
export function datesOf({ persons, items }: Selected): string[] {
  return persons.flatMap(({ birth, becameResidentOn, addressSince, notifiedOn, foreign, nationalityKind }) => [
    nationalityKind === 'foreign' ? western(birth) : japanese(birth),
    ...[becameResidentOn, addressSince, notifiedOn].flatMap((date) => (date ? [japanese(date)] : [])),
    ...(foreign?.periodEndsOn && items.includes('foreign-resident-items') ? [western(foreign.periodEndsOn)] : []),
  ]);
}

function ofPerson(person: RegistryPerson, items: readonly RecordItem[]) {
  const { name, nameKana, formerName, formerNameKana, commonName, registeredDomicile, foreign } = person;
  const when = (item: RecordItem, ...values: readonly (string | null | undefined)[]) =>
    items.includes(item) ? values : [];
  return [
    ...[name, nameKana, formerName, formerNameKana, commonName],
    ...when('previous-address', person.previousAddress),
    ...when('registered-domicile', registeredDomicile?.address, registeredDomicile?.head),
    ...when('foreign-resident-items', foreign?.cardNumber),
    ...when('my-number', person.myNumber),
  ];
}

function texts(values: readonly (string | null | undefined)[]): string[] {
  return [...new Set(values.flatMap((value) => (value ? [lettersOf(value)] : [])))];
}

const eraYear = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', { era: 'long', year: 'numeric', timeZone: 'UTC' });

export function japanese({ year, month, day }: LedgerDate): string {
  const [first, last] = [
    eraYear.format(Date.UTC(year, (month ?? 1) - 1, day ?? 1)),
    eraYear.format(Date.UTC(year, month ?? 12, 0)),
  ];
  return (day !== null || first === last ? first : `${first}又は${last}`) + rest(month, day);
}

export function western({ year, month, day }: LedgerDate): string {
  return `${year}年${rest(month, day)}`;
}

function rest(month: number | null, day: number | null): string {
  if (month === null) return '月日不詳';
  return day === null ? `${month}月日不詳` : `${month}月${day}日`;
}
