/**
 * 所得証明書, 課税証明書, 非課税証明書, 所得課税証明書, as they are typeset: one list of figures. What a kind does not certify says ＊＊＊,
 * so that nobody learns more than was asked for.
 */
import type { TaxLedger } from '@machikado/protocol';
import type { CertificateContent } from '../../../ports.ts';
import { type FormContent, type FormWords, NOT_APPLICABLE, type RowContent, wordOf } from '../../form-content.ts';
import { incomeYear, writeHead, yen } from './written-head.ts';

const sections = ['income', 'deductions', 'dependants', 'base', 'assessed'] as const;
type Section = (typeof sections)[number];

export const writeTaxIncome = writing(['income']);
export const writeTaxAssessment = writing(['base', 'assessed']);
export const writeTaxExemption = writing(['assessed']);
export const writeTaxIncomeAssessment = writing(sections);

function writing(certified: readonly Section[]) {
  return (content: CertificateContent, words: FormWords): FormContent => {
    const { ledger, cells, names } = writeHead(content, words);
    return {
      sheet: { ...cells, fiscalYear: `${cells.fiscalYear}（${incomeYear(ledger.fiscalYear)}の所得）` },
      rows: sections.flatMap((section) =>
        grouped(wordOf(words, section), certified.includes(section) ? linesOf[section](ledger, words) : [NOTHING]),
      ),
      certification: 'only',
      names,
    };
  };
}

type Line = readonly [label: string, text: string];
const NOTHING: Line = [NOT_APPLICABLE, NOT_APPLICABLE];

const linesOf: Readonly<Record<Section, (ledger: TaxLedger, words: FormWords) => readonly Line[]>> = {
  income: ({ income, totalIncomeYen }, words) => [
    ...amounts(income),
    [wordOf(words, 'totalIncome'), yen(totalIncomeYen)],
  ],
  deductions: ({ deductions }, words) => [
    ...amounts(deductions),
    [wordOf(words, 'totalDeductions'), yen(deductions.reduce((sum, deduction) => sum + deduction.yen, 0))],
  ],
  dependants: ({ dependants }, words) =>
    dependants.length === 0
      ? [[wordOf(words, 'noDependants'), people(0)]]
      : dependants.map(({ label, count }) => [label, people(count)]),
  base: ({ taxableIncomeYen }, words) => [[wordOf(words, 'taxableIncome'), yen(taxableIncomeYen)]],
  assessed: ({ assessed, totalAssessedYen }, words) => [
    ...amounts(assessed),
    [wordOf(words, 'totalAssessed'), yen(totalAssessedYen)],
  ],
};

function amounts(list: TaxLedger['income']): Line[] {
  return list.map(({ label, yen: amount }) => [label, yen(amount)]);
}

function people(count: number): string {
  return `＊${count}人`;
}

function grouped(group: string, lines: readonly Line[]): RowContent[] {
  return lines.map(([label, text], i) => (i === 0 ? { group, label, text } : { carry: group, label, text }));
}
