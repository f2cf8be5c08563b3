/** 所得証明書 and the other lists of figures, as they must be found on the paper: by code of its own, each kind written out. */
import type { TaxLedger } from '@machikado/protocol';
import type { CertificateContent } from '../../../ports.ts';
import { type FormContent, type FormWords, type RowContent, wordOf } from '../../form-content.ts';
import { expectedIncomeYear, expectedYear, expectedYen, expectHead } from './expected-head.ts';

type List = (tax: TaxLedger, words: FormWords) => RowContent[];

export const expectTaxIncome = listing((tax, words) => [
  ...incomeRows(tax, words),
  notHere(wordOf(words, 'deductions')),
  notHere(wordOf(words, 'dependants')),
  notHere(wordOf(words, 'base')),
  notHere(wordOf(words, 'assessed')),
]);

export const expectTaxAssessment = listing((tax, words) => [
  notHere(wordOf(words, 'income')),
  notHere(wordOf(words, 'deductions')),
  notHere(wordOf(words, 'dependants')),
  ...baseRows(tax, words),
  ...taxRows(tax, words),
]);

export const expectTaxExemption = listing((tax, words) => [
  notHere(wordOf(words, 'income')),
  notHere(wordOf(words, 'deductions')),
  notHere(wordOf(words, 'dependants')),
  notHere(wordOf(words, 'base')),
  ...taxRows(tax, words),
]);

export const expectTaxIncomeAssessment = listing((tax, words) => [
  ...incomeRows(tax, words),
  ...deductionRows(tax, words),
  ...dependantRows(tax, words),
  ...baseRows(tax, words),
  ...taxRows(tax, words),
]);

function listing(rows: List) {
  return (content: CertificateContent, words: FormWords): FormContent => {
    const { tax, cells, names } = expectHead(content);
    const fiscalYear = `${expectedYear(tax, words)}（${expectedIncomeYear(tax)}の所得）`;
    return { sheet: { ...cells, fiscalYear }, rows: rows(tax, words), certification: 'only', names };
  };
}

function incomeRows({ income, totalIncomeYen }: TaxLedger, words: FormWords): RowContent[] {
  return under(
    wordOf(words, 'income'),
    [...income, { label: wordOf(words, 'totalIncome'), yen: totalIncomeYen }].map(figure),
  );
}

function deductionRows({ deductions }: TaxLedger, words: FormWords): RowContent[] {
  let sum = 0;
  for (const one of deductions) sum += one.yen;
  return under(
    wordOf(words, 'deductions'),
    [...deductions, { label: wordOf(words, 'totalDeductions'), yen: sum }].map(figure),
  );
}

function dependantRows({ dependants }: TaxLedger, words: FormWords): RowContent[] {
  const counted = dependants.length > 0 ? dependants : [{ label: wordOf(words, 'noDependants'), count: 0 }];
  return under(
    wordOf(words, 'dependants'),
    counted.map(({ label, count }) => ({ label, text: `＊${count}人` })),
  );
}

function baseRows({ taxableIncomeYen }: TaxLedger, words: FormWords): RowContent[] {
  return under(wordOf(words, 'base'), [figure({ label: wordOf(words, 'taxableIncome'), yen: taxableIncomeYen })]);
}

function taxRows({ assessed, totalAssessedYen }: TaxLedger, words: FormWords): RowContent[] {
  return under(
    wordOf(words, 'assessed'),
    [...assessed, { label: wordOf(words, 'totalAssessed'), yen: totalAssessedYen }].map(figure),
  );
}

function figure({ label, yen }: { readonly label: string; readonly yen: number }): RowContent {
  return { label, text: expectedYen(yen) };
}

function notHere(group: string): RowContent {
  return { group, label: '＊＊＊', text: '＊＊＊' };
}

/** On a sheet that begins in the middle of it, the heading stands once more. */
function under(heading: string, rows: readonly RowContent[]): RowContent[] {
  const [first, ...more] = rows;
  return [...(first ? [{ ...first, group: heading }] : []), ...more.map((row) => ({ ...row, carry: heading }))];
}
