/** 住民票記載事項証明書, as it is typeset: 氏名 and 住所, and of the other items those that were chosen. */
import { formatLedgerDate } from '@machikado/domain';
import type { RecordItem, RegistryPerson } from '@machikado/protocol';
import type { CertificateContent } from '../../../ports.ts';
import {
  type BlockContent,
  blockPath,
  EMPTY,
  type FormContent,
  type FormWords,
  NOT_APPLICABLE,
  OMITTED,
  wordOf,
} from '../../form-content.ts';
import { dateOrEmpty, sexWords } from '../written-words.ts';

type Items = readonly RecordItem[];
type Say = (key: string) => string;

export function writeRecordItems({ record, persons, items, scope }: CertificateContent, words: FormWords): FormContent {
  const asked = new Set(persons.map(({ residentId }) => residentId));
  const members = record.members.filter(({ residentId }) => asked.has(residentId)).sort((a, b) => a.order - b.order);
  return {
    sheet: { address: record.address, headName: items.includes('relationship') ? record.headName : OMITTED },
    blocks: members.map((member, i) => blockOf(member, i + 1, items, (key) => wordOf(words, key))),
    certification: scope,
    names: members.map(({ name }, i) => ({ name, at: blockPath(i, 'name') })),
  };
}

function blockOf(person: RegistryPerson, number: number, items: Items, say: Say): BlockContent {
  const foreign = person.nationalityKind === 'foreign';
  const chosen = (item: RecordItem, text: string) => (items.includes(item) ? text : OMITTED);
  const domicile = (part: 'address' | 'head') =>
    foreign ? NOT_APPLICABLE : chosen('registered-domicile', person.registeredDomicile?.[part] || EMPTY);
  const slots = foreignSlots(person, items, say);
  return {
    cells: {
      number: String(number),
      nameKana: person.nameKana || EMPTY,
      name: person.name,
      otherNameKana: foreign ? NOT_APPLICABLE : person.formerNameKana || EMPTY,
      otherName: (foreign ? person.commonName : person.formerName) || EMPTY,
      birth: chosen('birth', formatLedgerDate(person.birth, foreign ? 'western' : 'wareki')),
      sex: chosen('sex', sexWords[person.sex]),
      relationship: chosen('relationship', person.relationship),
      myNumber: chosen('my-number', person.myNumber || EMPTY),
      residentSince: chosen('resident-since', dateOrEmpty(person.becameResidentOn)),
      domicile: domicile('address'),
      domicileHead: domicile('head'),
      previousAddress: chosen('previous-address', person.previousAddress || EMPTY),
      ...Object.fromEntries(slots.map(([, value], i) => [`slot${i + 1}`, foreign ? value : NOT_APPLICABLE])),
    },
    labels: {
      otherName: say(foreign ? 'commonName' : 'formerName'),
      otherNameKana: foreign ? NOT_APPLICABLE : say('formerNameKana'),
      residentSince: say(foreign ? 'foreignResidentSince' : 'residentSince'),
      ...Object.fromEntries(slots.map(([label], i) => [`slot${i + 1}`, foreign ? label : NOT_APPLICABLE])),
    },
  };
}

function foreignSlots({ foreign }: RegistryPerson, items: Items, say: Say): readonly (readonly [string, string])[] {
  const ends = foreign?.periodEndsOn ? formatLedgerDate(foreign.periodEndsOn, 'western') : undefined;
  const stay = [foreign?.periodOfStay, ends].filter((part) => part).join('　');
  const chosen = (text: string | null | undefined) =>
    items.includes('foreign-resident-items') ? text || EMPTY : OMITTED;
  return [
    [say('cardNumber'), chosen(foreign?.cardNumber)],
    [say('nationality'), chosen(foreign?.nationality)],
    [say('category'), chosen(foreign?.category)],
    [say('residenceStatus'), chosen(foreign?.residenceStatus)],
    [say('stay'), chosen(stay)],
  ];
}
