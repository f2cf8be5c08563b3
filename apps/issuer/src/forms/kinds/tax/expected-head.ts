/** What all tax certificates must say before the figures: the 年度 of the ledger that was read, and not the one that was ordered. */
import type { TaxLedger } from '@machikado/protocol';
import type { CertificateContent } from '../../../ports.ts';
import { japaneseDate, westernDate } from '../../expected-dates.ts';
import type { FormWords, NameOnForm } from '../../form-content.ts';

const FULL_WIDTH = '０１２３４５６７８９';
const inFigures = new Intl.NumberFormat('ja-JP');

export function expectHead(content: CertificateContent) {
  const { members, tax, address } = content.record;
  const [asked] = content.persons;
  const person = members.filter((member) => member.residentId === asked?.residentId)[0];
  if (!person || !tax) throw new RangeError('nobody, or no ledger');
  const birth = person.nationalityKind === 'foreign' ? westernDate(person.birth) : japaneseDate(person.birth);
  const names: NameOnForm[] = [{ name: person.name, at: 'sheet name' }];
  const newYear = tax.addressOnNewYear ? tax.addressOnNewYear : '【空欄】';
  return { tax, names, cells: { address, addressOnNewYear: newYear, name: person.name, birth } } as const;
}

export function expectedYear({ fiscalYear }: TaxLedger, words: FormWords): string {
  return words[String(fiscalYear)] ?? `${yearIn(fiscalYear, 4, 1)}度`;
}

export function expectedIncomeYear({ fiscalYear }: TaxLedger): string {
  return `${yearIn(fiscalYear - 1, 12, 31)}分`;
}

function yearIn(year: number, month: number, day: number): string {
  const [ofEra = ''] = japaneseDate({ year, month, day }).split('年');
  return `${[...ofEra].map((letter) => FULL_WIDTH[Number.parseInt(letter, 10)] ?? letter).join('')}年`;
}

export function expectedYen(amount: number): string {
  return `＊${inFigures.format(amount).replace('-', '△')}円`;
}
