/** 戸籍の附票の写し, as it must be found on the paper: worked out from the record once more, by code of its own. */
import type { CertificateContent } from '../../../ports.ts';
import { japaneseDate } from '../../expected-dates.ts';
import type { FormContent, FormWords, RowContent } from '../../form-content.ts';

export function expectAddressHistory(
  { record, persons, items, scope }: CertificateContent,
  words: FormWords,
): FormContent {
  const book = record.addressHistory;
  if (!book) throw new RangeError('no 附票');
  const rows: RowContent[] = [];
  const names: { name: string; at: string }[] = [];
  for (const person of [...book.members].sort((a, b) => a.order - b.order)) {
    if (!persons.some(({ residentId }) => residentId === person.residentId)) continue;
    const n = names.push({ name: person.name, at: `row ${rows.length}` });
    const goesOn = { carry: `（${n}）${words.carried}` };
    rows.push({ opens: true, group: `（${n}）${words.member}`, label: `${words.name}`, text: person.name });
    rows.push({
      label: `${words.birth}`,
      text: japaneseDate(person.birth),
      ...goesOn,
      ...(person.status === 'removed' && { mark: `${words.removed}` }),
    });
    const sex = person.sex === 'male' ? '男' : person.sex === 'female' ? '女' : '【空欄】';
    rows.push({ label: `${words.sex}`, text: sex, ...goesOn });
    rows.push({ group: `${words.addresses}`, label: `${words.since}`, text: `${words.address}` });
    for (const { address, since } of person.addresses)
      rows.push({ label: since ? japaneseDate(since) : '【空欄】', text: address, ...goesOn });
    const elector = items.includes('overseas-elector') ? person.overseasElector || '【空欄】' : '省略';
    rows.push({ group: `${words.elector}`, label: `${words.electorOf}`, text: elector });
  }
  const shown = items.includes('registered-domicile');
  return {
    sheet: { head: shown ? book.head : '省略', domicile: shown ? book.address : '省略' },
    rows,
    certification: scope === 'household' ? 'all' : 'part',
    names,
  };
}
