/** 戸籍の附票の写し, as it is typeset: each person with the addresses since entry, one row an address. */
import assert from 'node:assert/strict';
import { formatLedgerDate } from '@machikado/domain';
import type { AddressHistory, RecordItem } from '@machikado/protocol';
import type { CertificateContent } from '../../../ports.ts';
import {
  EMPTY,
  type FormContent,
  type FormWords,
  type NameOnForm,
  OMITTED,
  type RowContent,
  rowPath,
  wordOf,
} from '../../form-content.ts';
import { dateOrEmpty, sexWords } from '../written-words.ts';

type Member = AddressHistory['members'][number];

export function writeAddressHistory(
  { record, persons, items, scope }: CertificateContent,
  words: FormWords,
): FormContent {
  assert.ok(record.addressHistory, 'somebody with a 附票');
  const { address, head, members } = record.addressHistory;
  const asked = new Set(persons.map(({ residentId }) => residentId));
  const rows: RowContent[] = [];
  const names: NameOnForm[] = [];
  for (const member of members.filter((one) => asked.has(one.residentId)).sort((a, b) => a.order - b.order)) {
    names.push({ name: member.name, at: rowPath(rows.length) });
    rows.push(...rowsOf(member, names.length, items, (key) => wordOf(words, key)));
  }
  const domicile = items.includes('registered-domicile');
  return {
    sheet: { domicile: domicile ? address : OMITTED, head: domicile ? head : OMITTED },
    rows,
    certification: scope === 'household' ? 'all' : 'part',
    names,
  };
}

/** 生年月日 and 性別 stand on it since 2022-01-11; 在外選挙人 only for whoever asks. */
function rowsOf(
  member: Member,
  number: number,
  items: readonly RecordItem[],
  say: (key: string) => string,
): RowContent[] {
  const carry = `（${number}）${say('carried')}`;
  const birth = { label: say('birth'), text: formatLedgerDate(member.birth), carry };
  return [
    { opens: true, group: `（${number}）${say('member')}`, label: say('name'), text: member.name },
    member.status === 'removed' ? { ...birth, mark: say('removed') } : birth,
    { label: say('sex'), text: sexWords[member.sex], carry },
    { group: say('addresses'), label: say('since'), text: say('address') },
    ...member.addresses.map(({ address, since }) => ({
      label: dateOrEmpty(since),
      text: address,
      carry,
    })),
    {
      group: say('elector'),
      label: say('electorOf'),
      text: items.includes('overseas-elector') ? member.overseasElector || EMPTY : OMITTED,
    },
  ];
}
