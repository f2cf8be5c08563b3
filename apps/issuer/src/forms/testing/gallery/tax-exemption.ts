/** 非課税証明書: every tax of 0 yen, and nothing else. */
import { person } from '../records.ts';
import { exempt, ledger } from '../tax-ledgers.ts';
import type { GalleryCase } from './gallery-case.ts';
import { date } from './people.ts';
import { taxCase } from './tax-case.ts';

const kind = 'tax-exemption';
const untaxed = (fiscalYear: number) => ({ ...exempt, fiscalYear });

export const cases: readonly GalleryCase[] = [
  taxCase(kind, 'usual', 'a pension below the line', exempt),
  taxCase(kind, 'no-lines', 'the ledger has the sum alone', ledger(2026, { assessed: [], totalAssessedYen: 0 })),
  taxCase(kind, 'era-change', '2019年度 is called 平成31年度', untaxed(2019)),
  taxCase(kind, 'aged', 'born in 昭和元年, on an unknown day', untaxed(2025), {
    resident: person(1, { birth: date(1926, 12) }),
  }),
];
