/** 課税証明書: 課税標準 and 税額 alone. */
import { person } from '../records.ts';
import { ledger, longest, noDeductions, wealthy } from '../tax-ledgers.ts';
import { deputy, type GalleryCase } from './gallery-case.ts';
import { taxCase } from './tax-case.ts';

const kind = 'tax-assessment';

export const cases: readonly GalleryCase[] = [
  taxCase(kind, 'usual', '所得, 控除 and 扶養 say ＊＊＊', ledger(2026)),
  taxCase(kind, 'years-ago', '平成30年度, the oldest year that is offered', ledger(2018)),
  taxCase(kind, 'wealthy', 'ten digits', wealthy),
  taxCase(kind, 'no-new-year', 'no address of 1 January in the ledger', noDeductions),
  taxCase(kind, 'most-taxes', 'twelve sorts of tax', longest),
  taxCase(kind, 'rare-letters', '葛 and 辻 with selectors', ledger(2026), {
    resident: person(1, { name: '葛\u{E0100}西　辻\u{E0100}𠮷' }),
  }),
  taxCase(kind, 'deputy', '職務代理者', ledger(2026), { mayor: deputy }),
];
