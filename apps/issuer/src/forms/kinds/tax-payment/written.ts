/** 納税証明書, as it is typeset: what was assessed, what was paid, and what is open, term by term. */
import { type CalendarDate, formatLedgerDate, latestDay } from '@machikado/domain';
import type { TaxLedger } from '@machikado/protocol';
import type { CertificateContent } from '../../../ports.ts';
import {
  type BlockContent,
  EMPTY,
  type FormContent,
  type FormWords,
  NOT_APPLICABLE,
  wordOf,
} from '../../form-content.ts';
import { writeHead, yen } from '../tax/written-head.ts';
import { dateOrEmpty } from '../written-words.ts';

type Term = TaxLedger['payments'][number];

export function writeTaxPayment(content: CertificateContent, words: FormWords): FormContent {
  const { ledger, cells, names } = writeHead(content, words);
  const { payments, paymentsPostedUntil, totalAssessedYen } = ledger;
  const total = (amount: (term: Term) => number) => yen(payments.reduce((sum, term) => sum + amount(term), 0));
  return {
    sheet: {
      ...cells,
      tax: wordOf(words, ledger.fiscalYear < 2024 ? 'taxUntil2023' : 'tax'),
      totalAssessed: yen(totalAssessedYen),
      total: wordOf(words, 'total'),
      totalDueOn: NOT_APPLICABLE,
      totalDue: total(({ dueYen }) => dueYen),
      totalPaid: total(({ paidYen }) => paidYen),
      totalUnpaid: total(unpaid),
      notYetDue: total((term) => (isStillOpen(term, content.issuedOn) ? unpaid(term) : 0)),
      postedUntil: dateOrEmpty(paymentsPostedUntil),
    },
    blocks: payments.map(blockOf),
    certification: 'only',
    names,
  };
}

function blockOf(term: Term): BlockContent {
  return {
    cells: {
      term: term.term || EMPTY,
      dueOn: formatLedgerDate(term.dueOn),
      due: yen(term.dueYen),
      paid: yen(term.paidYen),
      unpaid: yen(unpaid(term)),
    },
  };
}

/** What was paid twice is given back, and pays for no other term. */
function unpaid({ dueYen, paidYen }: Term): number {
  return Math.max(0, dueYen - paidYen);
}

function isStillOpen({ dueOn }: Term, day: CalendarDate): boolean {
  return latestDay(dueOn) >= day;
}
