/** 戸籍証明書, as it must be found on the paper: read off the 戸籍 once more, line after line, by code of its own. */
import type { KosekiMember } from '@machikado/protocol';
import type { CertificateContent } from '../../../ports.ts';
import { japaneseDate } from '../../expected-dates.ts';
import { type FormContent, type FormWords, type NameOnForm, type RowContent, wordOf } from '../../form-content.ts';

const FULL_WIDTH: Readonly<Record<string, string>> = {
  ...{ 0: '０', 1: '１', 2: '２', 3: '３', 4: '４', 5: '５', 6: '６', 7: '７', 8: '８', 9: '９' },
};

export function expectKoseki(content: CertificateContent, words: FormWords): FormContent {
  const { koseki } = content.record;
  if (!koseki) throw new RangeError('no 戸籍');
  const word = (key: string) => wordOf(words, key);
  const asked = (member: KosekiMember) => content.persons.some((person) => person.residentId === member.residentId);
  const members = content.kind === 'koseki-full' ? [...koseki.members] : koseki.members.filter(asked);
  members.sort((a, b) => a.order - b.order);

  const rows: RowContent[] = [];
  const names: NameOnForm[] = [];
  addEvents(rows, word('register'), koseki.events, word('continued'));
  for (const member of members) {
    if (asked(member)) names.push({ name: member.name, at: `row ${rows.length}` });
    addPerson(rows, member, word);
    addEvents(rows, word('life'), member.events, word('continued'));
  }
  return {
    sheet: {
      address: koseki.address,
      head: koseki.head,
      surnameKana: koseki.surnameKana ? koseki.surnameKana : '【空欄】',
    },
    rows,
    certification: 'only',
    names,
  };
}

function addPerson(rows: RowContent[], member: KosekiMember, word: (key: string) => string): void {
  const from = rows.length;
  const carry = word('person') + word('continued');
  const add = (label: string, text: string) => rows.push({ label: word(label), text, carry });
  rows.push({ group: word('person'), label: word('name'), text: member.name });
  if (member.nameKana) add('nameKana', member.nameKana);
  add(
    'birth',
    japaneseDate(member.birth).replace(/[0-9]/g, (digit) => FULL_WIDTH[digit] ?? digit),
  );
  if (member.spouseOf === 'husband') add('spouse', word('husband'));
  if (member.spouseOf === 'wife') add('spouse', word('wife'));
  add('father', member.father ? member.father : '【空欄】');
  add('mother', member.mother ? member.mother : '【空欄】');
  if (member.adoptiveFather) add('adoptiveFather', member.adoptiveFather);
  if (member.adoptiveMother) add('adoptiveMother', member.adoptiveMother);
  add('relationship', member.relationship ? member.relationship : '【空欄】');
  const second = rows[from + 1];
  if (second && member.status === 'removed') rows[from + 1] = { ...second, mark: word('removed') };
}

function addEvents(rows: RowContent[], heading: string, events: KosekiMember['events'], continued: string): void {
  if (events.length === 0) {
    rows.push({ group: heading, label: '【空欄】', text: '【空欄】' });
    return;
  }
  rows.push({ group: heading, label: '', text: '' });
  for (const { title, items } of events) {
    if (items.length === 0) rows.push({ group: title, label: '【空欄】', text: '【空欄】' });
    items.forEach((item, n) => {
      const line = { label: item.label, text: item.value === '' ? '【空欄】' : item.value };
      rows.push(n === 0 ? { ...line, group: title } : { ...line, carry: title + continued });
    });
  }
}
