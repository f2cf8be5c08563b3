/** 所得課税証明書: all that the ledger knows. */
import { foreigner } from '../records.ts';
import { eraChange, exempt, ledger, longest, noDeductions, wealthy } from '../tax-ledgers.ts';
import type { GalleryCase } from './gallery-case.ts';
import { taxCase } from './tax-case.ts';

const kind = 'tax-income-assessment';

export const cases: readonly GalleryCase[] = [
  taxCase(kind, 'usual', 'every group with its lines', ledger(2026)),
  taxCase(kind, 'exempt', '課税のない者: taxes of 0 yen', exempt),
  taxCase(kind, 'wealthy', 'eleven digits, and a loss', wealthy),
  taxCase(kind, 'no-deductions', 'neither 控除 nor 扶養', noDeductions),
  taxCase(kind, 'era-change', '2019年度 is called 平成31年度', eraChange),
  taxCase(kind, 'three-sheets', 'as much as a ledger can hold', longest),
  taxCase(kind, 'foreigner', 'a foreign resident', ledger(2025), { resident: foreigner(1) }),
];
