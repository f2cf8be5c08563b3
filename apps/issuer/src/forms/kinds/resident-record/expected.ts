/** 住民票の写し, as it must be found on the paper: worked out from the record once more, by code of its own. */
import type { LedgerDate, RecordItem, RegistryPerson } from '@machikado/protocol';
import type { CertificateContent } from '../../../ports.ts';
import { japaneseDate, westernDate } from '../../expected-dates.ts';
import type { BlockContent, FormContent, FormWords } from '../../form-content.ts';

export function expectResidentRecord(
  { record, persons, items, scope }: CertificateContent,
  words: FormWords,
): FormContent {
  const on = record.members.filter((member) => persons.some((person) => person.residentId === member.residentId));
  on.sort((a, b) => a.order - b.order);
  const blocks: BlockContent[] = [];
  const names: { name: string; at: string }[] = [];
  for (const person of on) {
    names.push({ name: person.name, at: `block ${blocks.length} name` });
    blocks.push(person.nationalityKind === 'foreign' ? foreigner(person, items, words) : citizen(person, items));
  }
  return {
    sheet: { address: record.address, headName: items.includes('relationship') ? record.headName : '省略' },
    blocks: blocks.map((block, i) => ({ ...block, cells: { ...block.cells, number: `${i + 1}` } })),
    certification: { household: 'household', part: 'part', self: 'self' }[scope],
    names,
  };
}

function citizen(person: RegistryPerson, items: readonly RecordItem[]): BlockContent {
  const { registeredDomicile: domicile } = person;
  const asked = items.includes('registered-domicile');
  const nothing = {
    slot1: '＊＊＊',
    slot2: '＊＊＊',
    slot3: '＊＊＊',
    slot4: '＊＊＊',
    slot5: '＊＊＊',
    slot6: '＊＊＊',
  };
  return {
    cells: {
      ...common(person, items),
      formerNameKana: person.formerNameKana || '【空欄】',
      formerName: person.formerName || '【空欄】',
      birth: japaneseDate(person.birth),
      domicileHead: asked ? (domicile?.head ?? '【空欄】') : '省略',
      domicile: asked ? (domicile?.address ?? '【空欄】') : '省略',
      ...nothing,
    },
    labels: nothing,
  };
}

function foreigner(person: RegistryPerson, items: readonly RecordItem[], words: FormWords): BlockContent {
  const { foreign } = person;
  const until = foreign?.periodEndsOn ? westernDate(foreign.periodEndsOn) : '';
  const shown = (value: string | null | undefined) =>
    items.includes('foreign-resident-items') ? value || '【空欄】' : '省略';
  return {
    cells: {
      ...common(person, items),
      formerNameKana: '＊＊＊',
      formerName: '＊＊＊',
      birth: westernDate(person.birth),
      domicileHead: '＊＊＊',
      domicile: '＊＊＊',
      slot1: person.commonName || '【空欄】',
      slot2: shown(foreign?.nationality),
      slot3: shown(foreign?.category),
      slot4: shown(foreign?.residenceStatus),
      slot5: shown((foreign?.periodOfStay ?? '') + until),
      slot6: shown(foreign?.cardNumber),
    },
    labels: {
      becameResidentOn: `${words.foreignResidentSince}`,
      slot1: `${words.commonName}`,
      slot2: `${words.nationality}`,
      slot3: `${words.category}`,
      slot4: `${words.residenceStatus}`,
      slot5: `${words.stay}`,
      slot6: `${words.cardNumber}`,
    },
  };
}

function common(person: RegistryPerson, items: readonly RecordItem[]) {
  return {
    nameKana: person.nameKana || '【空欄】',
    name: person.name,
    myNumber: items.includes('my-number') ? person.myNumber || '【空欄】' : '省略',
    residentCode: '省略',
    becameResidentOn: orBlank(person.becameResidentOn),
    addressSince: orBlank(person.addressSince),
    notifiedOn: orBlank(person.notifiedOn),
    sex: { male: '男', female: '女', unspecified: '【空欄】' }[person.sex],
    relationship: items.includes('relationship') ? person.relationship : '省略',
    previousAddress: items.includes('previous-address') ? person.previousAddress || '【空欄】' : '省略',
  };
}

function orBlank(date: LedgerDate | null): string {
  return date ? japaneseDate(date) : '【空欄】';
}
