/** 住民票の写し, as it is typeset: finished texts, one for each cell. */
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

const SLOTS = 6;

export function writeResidentRecord(
  { record, persons, items, scope }: CertificateContent,
  words: FormWords,
): FormContent {
  const asked = new Set(persons.map(({ residentId }) => residentId));
  const members = record.members.filter(({ residentId }) => asked.has(residentId)).sort((a, b) => a.order - b.order);
  return {
    sheet: { address: record.address, headName: items.includes('relationship') ? record.headName : OMITTED },
    blocks: members.map((member, i) => blockOf(member, i + 1, items, (key) => wordOf(words, key))),
    certification: scope,
    names: members.map(({ name }, i) => ({ name, at: blockPath(i, 'name') })),
  };
}

type Say = (key: string) => string;

function blockOf(person: RegistryPerson, number: number, items: readonly RecordItem[], say: Say): BlockContent {
  const foreign = person.nationalityKind === 'foreign';
  const chosen = (item: RecordItem, text: string) => (items.includes(item) ? text : OMITTED);
  const domicile = (part: 'address' | 'head') =>
    foreign ? NOT_APPLICABLE : chosen('registered-domicile', textOf(person.registeredDomicile?.[part]));
  const slots = foreign ? foreignSlots(person, items, say) : [];
  return {
    cells: {
      number: String(number),
      nameKana: textOf(person.nameKana),
      name: person.name,
      // 旧氏 comes out of a 戸籍.
      formerNameKana: foreign ? NOT_APPLICABLE : textOf(person.formerNameKana),
      formerName: foreign ? NOT_APPLICABLE : textOf(person.formerName),
      myNumber: chosen('my-number', textOf(person.myNumber)),
      residentCode: OMITTED,
      becameResidentOn: dateOrEmpty(person.becameResidentOn),
      addressSince: dateOrEmpty(person.addressSince),
      notifiedOn: dateOrEmpty(person.notifiedOn),
      birth: formatLedgerDate(person.birth, foreign ? 'western' : 'wareki'),
      sex: sexWords[person.sex],
      relationship: chosen('relationship', person.relationship),
      domicileHead: domicile('head'),
      domicile: domicile('address'),
      previousAddress: chosen('previous-address', textOf(person.previousAddress)),
      ...slotTexts((i) => slots[i]?.[1] ?? NOT_APPLICABLE),
    },
    labels: {
      ...(foreign && { becameResidentOn: say('foreignResidentSince') }),
      ...slotTexts((i) => slots[i]?.[0] ?? NOT_APPLICABLE),
    },
  };
}

function slotTexts(textAt: (index: number) => string): Record<string, string> {
  return Object.fromEntries(Array.from({ length: SLOTS }, (_, i) => [`slot${i + 1}`, textAt(i)]));
}

type Slot = readonly [label: string, value: string];

/** 通称 is part of how a person is called; the other items of 外国人住民 are shown to whoever asks for them. */
function foreignSlots(
  { commonName, foreign }: RegistryPerson,
  items: readonly RecordItem[],
  say: Say,
): readonly Slot[] {
  const ends = foreign?.periodEndsOn ? formatLedgerDate(foreign.periodEndsOn, 'western') : undefined;
  const stay = [foreign?.periodOfStay, ends].filter((part) => part).join('　');
  const chosen = (text: string | null | undefined) =>
    items.includes('foreign-resident-items') ? textOf(text) : OMITTED;
  return [
    [say('commonName'), textOf(commonName)],
    [say('nationality'), chosen(foreign?.nationality)],
    [say('category'), chosen(foreign?.category)],
    [say('residenceStatus'), chosen(foreign?.residenceStatus)],
    [say('stay'), chosen(stay)],
    [say('cardNumber'), chosen(foreign?.cardNumber)],
  ];
}

function textOf(text: string | null | undefined): string {
  return text ? text : EMPTY;
}
