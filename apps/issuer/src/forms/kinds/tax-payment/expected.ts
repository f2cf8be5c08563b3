/** 納税証明書, as it must be found on the paper: by code of its own. */
import type { CertificateContent } from '../../../ports.ts';
import { japaneseDate } from '../../expected-dates.ts';
import { type BlockContent, type FormContent, type FormWords, wordOf } from '../../form-content.ts';
import { expectedYear, expectedYen, expectHead } from '../tax/expected-head.ts';

export function expectTaxPayment(content: CertificateContent, words: FormWords): FormContent {
  const { tax, cells, names } = expectHead(content);
  const blocks: BlockContent[] = [];
  const sums = { due: 0, paid: 0, unpaid: 0, later: 0 };
  for (const { term, dueYen, paidYen, dueOn } of tax.payments) {
    const open = paidYen >= dueYen ? 0 : dueYen - paidYen;
    // Day 0 of the next month is the last of this one.
    const lastDay = Date.UTC(
      dueOn.year,
      dueOn.day === null ? (dueOn.month ?? 12) : (dueOn.month ?? 1) - 1,
      dueOn.day ?? 0,
    );
    sums.due += dueYen;
    sums.paid += paidYen;
    sums.unpaid += open;
    if (lastDay >= Date.parse(content.issuedOn)) sums.later += open;
    blocks.push({
      cells: {
        term: term === '' ? '【空欄】' : term,
        dueOn: japaneseDate(dueOn),
        due: expectedYen(dueYen),
        paid: expectedYen(paidYen),
        unpaid: expectedYen(open),
      },
    });
  }
  const until = tax.paymentsPostedUntil;
  return {
    sheet: {
      ...cells,
      fiscalYear: expectedYear(tax, words),
      tax: wordOf(words, tax.fiscalYear >= 2024 ? 'tax' : 'taxUntil2023'),
      totalAssessed: expectedYen(tax.totalAssessedYen),
      total: wordOf(words, 'total'),
      totalDueOn: '＊＊＊',
      totalDue: expectedYen(sums.due),
      totalPaid: expectedYen(sums.paid),
      totalUnpaid: expectedYen(sums.unpaid),
      notYetDue: expectedYen(sums.later),
      postedUntil: until === null ? '【空欄】' : japaneseDate(until),
    },
    blocks,
    certification: 'only',
    names,
  };
}
