/** 戸籍全部事項証明書 and 戸籍個人事項証明書, as they are typeset: the 戸籍 line by line, its persons in the order of entry. */
import assert from 'node:assert/strict';
import { formatLedgerDate } from '@machikado/domain';
import type { Koseki, KosekiMember, LedgerDate } from '@machikado/protocol';
import type { CertificateContent } from '../../../ports.ts';
import { EMPTY, type FormContent, type FormWords, type RowContent, rowPath, wordOf } from '../../form-content.ts';

export function writeKosekiFull(content: CertificateContent, words: FormWords): FormContent {
  return write(content, words, () => true);
}

export function writeKosekiIndividual(content: CertificateContent, words: FormWords): FormContent {
  const chosen = new Set(content.persons.map(({ residentId }) => residentId));
  return write(content, words, ({ residentId }) => chosen.has(residentId));
}

function write(
  { record: { koseki }, persons }: CertificateContent,
  words: FormWords,
  isShown: (member: KosekiMember) => boolean,
): FormContent {
  assert(koseki, 'a 戸籍証明書 is about a 戸籍');
  const members = koseki.members.filter(isShown).sort((a, b) => a.order - b.order);
  const parts = [
    eventRows(wordOf(words, 'register'), koseki.events, words),
    ...members.map((member) => [
      ...personRows(member, words),
      ...eventRows(wordOf(words, 'life'), member.events, words),
    ]),
  ];
  const firstRows = parts.map((_, i) => parts.slice(0, i).flat().length);
  return {
    sheet: { address: koseki.address, head: koseki.head, surnameKana: koseki.surnameKana || EMPTY },
    rows: parts.flat(),
    certification: 'only',
    // Only the 名 stands in that row; who was removed from the 戸籍 stands on the paper without being asked for.
    names: members.flatMap(({ name, residentId }, i) =>
      persons.some((person) => person.residentId === residentId) ? [{ name, at: rowPath(firstRows[i + 1] ?? 0) }] : [],
    ),
  };
}

function personRows(member: KosekiMember, words: FormWords): RowContent[] {
  const group = wordOf(words, 'person');
  const line = (key: string, text: string | null): RowContent[] =>
    text === null ? [] : [{ label: wordOf(words, key), text, carry: `${group}${wordOf(words, 'continued')}` }];
  const [second, ...others] = [
    ...line('nameKana', member.nameKana || null),
    ...line('birth', fullWidthDate(member.birth)),
    ...line('spouse', member.spouseOf && wordOf(words, member.spouseOf)),
    ...line('father', member.father || EMPTY),
    ...line('mother', member.mother || EMPTY),
    ...line('adoptiveFather', member.adoptiveFather || null),
    ...line('adoptiveMother', member.adoptiveMother || null),
    ...line('relationship', member.relationship || EMPTY),
  ] as [RowContent, ...RowContent[]];
  const removed = member.status === 'removed' && { mark: wordOf(words, 'removed') };
  return [
    { opens: true, group, label: wordOf(words, 'name'), text: member.name },
    { ...second, ...removed },
    ...others,
  ];
}

function eventRows(heading: string, events: Koseki['events'], words: FormWords): RowContent[] {
  const listed = events.flatMap(({ title, items }) => {
    const group = indented(title);
    const lines = items.length > 0 ? items : [{ label: EMPTY, value: EMPTY }];
    return lines.map(({ label, value }, i) => ({
      ...(i === 0 ? { group } : { carry: `${group}${wordOf(words, 'continued')}` }),
      label,
      text: value || EMPTY,
    }));
  });
  return listed.length > 0
    ? [{ group: heading, label: '', text: '' }, ...listed]
    : [{ group: heading, label: EMPTY, text: EMPTY }];
}

/** 「　出　生」: below its heading, two letters as wide as three. */
function indented(title: string): string {
  return `　${[...title].length === 2 ? [...title].join('　') : title}`;
}

/** 「平成３年４月１日」, as in the sentences of a 戸籍. */
function fullWidthDate(date: LedgerDate): string {
  return formatLedgerDate(date)
    .replaceAll(' ', '')
    .replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
}
