/** 住民票記載事項証明書, as it must be found on the paper: worked out from the record once more, by code of its own. */
import type { RecordItem, RegistryPerson } from '@machikado/protocol';
import type { CertificateContent } from '../../../ports.ts';
import { japaneseDate, westernDate } from '../../expected-dates.ts';
import type { BlockContent, CellTexts, FormContent, FormWords } from '../../form-content.ts';

export function expectRecordItems(
  { record, persons, items, scope }: CertificateContent,
  words: FormWords,
): FormContent {
  const ids = persons.map((person) => person.residentId);
  const on = record.members.filter(({ residentId }) => ids.includes(residentId));
  on.sort((a, b) => a.order - b.order);
  return {
    sheet: { headName: items.includes('relationship') ? record.headName : '省略', address: record.address },
    blocks: on.map((person, i) => expectedBlock(person, `${i + 1}`, items, words)),
    certification: { household: 'household', part: 'part', self: 'self' }[scope],
    names: on.map((person, i) => ({ at: `block ${i} name`, name: person.name })),
  };
}

function expectedBlock(
  person: RegistryPerson,
  number: string,
  items: readonly RecordItem[],
  words: FormWords,
): BlockContent {
  const own = person.nationalityKind === 'foreign' ? ofForeigner(person, words) : ofCitizen(person, words);
  const cells: Record<string, string> = {
    ...{ number, name: person.name, nameKana: person.nameKana || '【空欄】' },
    ...own.always,
  };
  const onRequest: readonly (readonly [RecordItem, CellTexts])[] = [
    ['birth', { birth: own.birth }],
    ['sex', { sex: { male: '男', female: '女', unspecified: '【空欄】' }[person.sex] }],
    ['relationship', { relationship: person.relationship }],
    ['my-number', { myNumber: person.myNumber || '【空欄】' }],
    ['resident-since', { residentSince: person.becameResidentOn ? japaneseDate(person.becameResidentOn) : '【空欄】' }],
    ['previous-address', { previousAddress: person.previousAddress || '【空欄】' }],
    ['registered-domicile', own.domicile],
    ['foreign-resident-items', own.slots],
  ];
  for (const [item, texts] of onRequest)
    for (const [key, text] of Object.entries(texts))
      cells[key] = items.includes(item) || text === '＊＊＊' ? text : '省略';
  return { cells, labels: own.labels };
}

const NONE = '＊＊＊';
const noSlots = { slot1: NONE, slot2: NONE, slot3: NONE, slot4: NONE, slot5: NONE };

function ofCitizen({ birth, formerName, formerNameKana, registeredDomicile }: RegistryPerson, words: FormWords) {
  return {
    always: { otherName: formerName || '【空欄】', otherNameKana: formerNameKana || '【空欄】' },
    birth: japaneseDate(birth),
    domicile: {
      domicile: registeredDomicile?.address || '【空欄】',
      domicileHead: registeredDomicile?.head || '【空欄】',
    },
    slots: noSlots,
    labels: {
      otherName: `${words.formerName}`,
      otherNameKana: `${words.formerNameKana}`,
      residentSince: `${words.residentSince}`,
      ...noSlots,
    },
  };
}

function ofForeigner({ birth, commonName, foreign }: RegistryPerson, words: FormWords) {
  const until = foreign?.periodEndsOn ? westernDate(foreign.periodEndsOn) : '';
  return {
    always: { otherName: commonName || '【空欄】', otherNameKana: NONE },
    birth: westernDate(birth),
    domicile: { domicile: NONE, domicileHead: NONE },
    slots: {
      slot1: foreign?.cardNumber || '【空欄】',
      slot2: foreign?.nationality || '【空欄】',
      slot3: foreign?.category || '【空欄】',
      slot4: foreign?.residenceStatus || '【空欄】',
      slot5: (foreign?.periodOfStay ?? '') + until || '【空欄】',
    },
    labels: {
      otherName: `${words.commonName}`,
      otherNameKana: NONE,
      residentSince: `${words.foreignResidentSince}`,
      slot1: `${words.cardNumber}`,
      slot2: `${words.nationality}`,
      slot3: `${words.category}`,
      slot4: `${words.residenceStatus}`,
      slot5: `${words.stay}`,
    },
  };
}
