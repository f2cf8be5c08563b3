/** One person as the paper must show them: label and value of every cell, from the record alone. */
import type { LedgerDate, RecordItem, RegistryPerson } from '@machikado/protocol';
import { japaneseDate, westernDate } from './expected-dates.ts';
import type { PersonCell } from './form-contract.ts';

interface Labelled {
  readonly label: string;
  readonly value: string;
}

export interface ExpectedPerson {
  readonly cells: Readonly<Record<PersonCell, Labelled>>;
  readonly slots: readonly Labelled[];
}

export function expectedPerson(person: RegistryPerson, items: readonly RecordItem[]): ExpectedPerson {
  return person.nationalityKind === 'foreign' ? foreignResident(person, items) : japaneseResident(person, items);
}

function japaneseResident(person: RegistryPerson, items: readonly RecordItem[]): ExpectedPerson {
  const asked = items.includes('registered-domicile');
  const { registeredDomicile: domicile } = person;
  return {
    cells: {
      ...common(person, items),
      becameResidentOn: { label: '住民となった年月日', value: orBlank(person.becameResidentOn, japaneseDate) },
      birth: { label: '生年月日', value: japaneseDate(person.birth) },
      domicileHead: { label: '筆頭者', value: asked ? (domicile?.head ?? '【空欄】') : '省略' },
      domicile: { label: '本籍', value: asked ? (domicile?.address ?? '【空欄】') : '省略' },
    },
    slots: [],
  };
}

function foreignResident(person: RegistryPerson, items: readonly RecordItem[]): ExpectedPerson {
  const { foreign } = person;
  const until = foreign?.periodEndsOn ? westernDate(foreign.periodEndsOn) : '';
  return {
    cells: {
      ...common(person, items),
      becameResidentOn: { label: '外国人住民となった年月日', value: orBlank(person.becameResidentOn, japaneseDate) },
      birth: { label: '生年月日', value: westernDate(person.birth) },
      domicileHead: { label: '筆頭者', value: '＊＊＊' },
      domicile: { label: '本籍', value: '＊＊＊' },
    },
    slots: [
      { label: '通称', value: person.commonName || '【空欄】' },
      { label: '国籍・地域', value: foreign?.nationality || '【空欄】' },
      { label: '第30条の45区分', value: foreign?.category || '【空欄】' },
      { label: '在留資格', value: foreign?.residenceStatus || '【空欄】' },
      { label: '在留期間等・満了日', value: (foreign?.periodOfStay ?? '') + until || '【空欄】' },
      { label: '在留カード等の番号', value: foreign?.cardNumber || '【空欄】' },
    ],
  };
}

function common(person: RegistryPerson, items: readonly RecordItem[]) {
  return {
    nameKana: { label: '氏名の振り仮名', value: person.nameKana || '【空欄】' },
    name: { label: '氏名', value: person.name },
    formerNameKana: { label: '旧氏の振り仮名', value: '【空欄】' },
    formerName: { label: '旧氏', value: person.formerName || '【空欄】' },
    myNumber: { label: '個人番号', value: '省略' },
    residentCode: { label: '住民票コード', value: '省略' },
    addressSince: { label: '住所を定めた年月日', value: orBlank(person.addressSince, japaneseDate) },
    notifiedOn: { label: '届出日', value: orBlank(person.notifiedOn, japaneseDate) },
    sex: { label: '性別', value: { male: '男', female: '女', unspecified: '【空欄】' }[person.sex] },
    relationship: { label: '続柄', value: items.includes('relationship') ? person.relationship : '省略' },
    previousAddress: { label: '転入前住所', value: person.previousAddress || '【空欄】' },
  };
}

function orBlank(date: LedgerDate | null, written: (date: LedgerDate) => string): string {
  return date ? written(date) : '【空欄】';
}
