/** 帳票: for each kind, what is written on it, and what must be found on it. */
import type { CertificateKind } from '@machikado/protocol';
import type { ToFormContent } from '../form-content.ts';
import { expectKoseki } from './koseki/expected.ts';
import { writeKosekiFull, writeKosekiIndividual } from './koseki/written.ts';
import { expectAddressHistory } from './koseki-address-history/expected.ts';
import { writeAddressHistory } from './koseki-address-history/written.ts';
import { expectResidentRecord } from './resident-record/expected.ts';
import { writeResidentRecord } from './resident-record/written.ts';
import { expectRecordItems } from './resident-record-items/expected.ts';
import { writeRecordItems } from './resident-record-items/written.ts';
import { expectSealRegistration } from './seal-registration/expected.ts';
import { writeSealRegistration } from './seal-registration/written.ts';
import { expectTaxAssessment, expectTaxExemption, expectTaxIncome, expectTaxIncomeAssessment } from './tax/expected.ts';
import { writeTaxAssessment, writeTaxExemption, writeTaxIncome, writeTaxIncomeAssessment } from './tax/written.ts';
import { expectTaxPayment } from './tax-payment/expected.ts';
import { writeTaxPayment } from './tax-payment/written.ts';

export interface KindForm {
  readonly written: ToFormContent;
  readonly expected: ToFormContent;
}

export const kindForms: Readonly<Partial<Record<CertificateKind, KindForm>>> = {
  'resident-record': { written: writeResidentRecord, expected: expectResidentRecord },
  'resident-record-items': { written: writeRecordItems, expected: expectRecordItems },
  'seal-registration': { written: writeSealRegistration, expected: expectSealRegistration },
  'tax-income': { written: writeTaxIncome, expected: expectTaxIncome },
  'tax-assessment': { written: writeTaxAssessment, expected: expectTaxAssessment },
  'tax-exemption': { written: writeTaxExemption, expected: expectTaxExemption },
  'tax-income-assessment': { written: writeTaxIncomeAssessment, expected: expectTaxIncomeAssessment },
  'tax-payment': { written: writeTaxPayment, expected: expectTaxPayment },
  'koseki-full': { written: writeKosekiFull, expected: expectKoseki },
  'koseki-individual': { written: writeKosekiIndividual, expected: expectKoseki },
  'koseki-address-history': { written: writeAddressHistory, expected: expectAddressHistory },
};

export function formOf(kind: CertificateKind): KindForm {
  const form = kindForms[kind];
  if (!form) throw new RangeError(`no form of ${kind}`);
  return form;
}
