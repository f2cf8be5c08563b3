/** What all tax certificates say before the figures: whose ledger, of which 年度. */
import assert from 'node:assert/strict';
import { type CalendarDate, eraOn, formatEraYear, formatLedgerDate } from '@machikado/domain';
import type { TaxLedger } from '@machikado/protocol';
import type { CertificateContent } from '../../../ports.ts';
import { type CellTexts, EMPTY, type FormWords, type NameOnForm, sheetPath } from '../../form-content.ts';

export interface TaxHead {
  readonly ledger: TaxLedger;
  readonly cells: CellTexts;
  readonly names: readonly NameOnForm[];
}

export function writeHead({ record, persons, fiscalYear }: CertificateContent, words: FormWords): TaxHead {
  const person = record.members.find(({ residentId }) => residentId === persons[0]?.residentId);
  assert(person && record.tax && fiscalYear !== undefined, 'a tax certificate is about a person, a ledger and a 年度');
  const calendar = person.nationalityKind === 'foreign' ? 'western' : 'wareki';
  return {
    ledger: record.tax,
    cells: {
      fiscalYear: nameOfYear(fiscalYear, words),
      address: record.address,
      addressOnNewYear: record.tax.addressOnNewYear || EMPTY,
      name: person.name,
      birth: formatLedgerDate(person.birth, calendar),
    },
    names: [{ name: person.name, at: sheetPath('name') }],
  };
}

/**
 * 年度 is called by the era of its first day, unless the form says otherwise: 2019年度 is 平成31年度 in one town and 令和元年度 in another.
 */
function nameOfYear(fiscalYear: number, words: FormWords): string {
  const year = `${eraYear(`${fiscalYear}-04-01` as CalendarDate)}度`;
  return words[fiscalYear] ?? year;
}

/** 「令和８年」 */
function eraYear(day: CalendarDate): string {
  const text = formatEraYear(eraOn(day), Number(day.slice(0, 4)));
  return text.replaceAll(' ', '').replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
}

/** 所得 of the calendar year before, by the era of its last day: 「令和７年分」 */
export function incomeYear(fiscalYear: number): string {
  return `${eraYear(`${fiscalYear - 1}-12-31` as CalendarDate)}分`;
}

/** 「＊1,234,000円」「＊△56,000円」: no digit can be added on either side. */
export function yen(amount: number): string {
  const digits = String(Math.abs(amount)).replace(/\B(?=(\d{3})+$)/g, ',');
  return `＊${amount < 0 ? '△' : ''}${digits}円`;
}
