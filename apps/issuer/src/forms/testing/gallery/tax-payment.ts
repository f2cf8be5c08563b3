/** 納税証明書: paid, open, not yet due. */
import type { CalendarDate } from '@machikado/domain';
import { eraChange, exempt, ledger, longest, terms, wealthy } from '../tax-ledgers.ts';
import type { GalleryCase } from './gallery-case.ts';
import { date } from './people.ts';
import { taxCase } from './tax-case.ts';

const kind = 'tax-payment';
const due = [55_800, 53_000, 53_000, 53_000];
const notYet = ledger(2026, { payments: terms(2026, due, 0), paymentsPostedUntil: date(2026, 6, 12) });

export const cases: readonly GalleryCase[] = [
  taxCase(kind, 'usual', 'the last term is open and not due yet', ledger(2026)),
  taxCase(kind, 'paid', 'all paid', ledger(2025, { payments: terms(2025, due, 4) })),
  taxCase(kind, 'open', 'nothing paid yet, nothing due', notYet, {
    issuedOn: '2026-06-20' as CalendarDate,
  }),
  taxCase(kind, 'no-terms', 'nothing to pay', exempt),
  taxCase(kind, 'twenty-terms', 'a full sheet', longest),
  taxCase(kind, 'wealthy', 'nine digits a term', wealthy),
  taxCase(kind, 'era-change', '2019年度: terms in 令和 of a 平成31年度', eraChange),
  taxCase(kind, 'never-posted', '納付 never taken over from the books', ledger(2026, { paymentsPostedUntil: null })),
];
