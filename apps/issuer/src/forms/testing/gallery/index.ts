/** Every document of the gallery. */
import type { GalleryCase } from './gallery-case.ts';
import { cases as addressHistories } from './koseki-address-history.ts';
import { cases as kosekiFull } from './koseki-full.ts';
import { cases as kosekiIndividual } from './koseki-individual.ts';
import { cases as residentRecords } from './resident-record.ts';
import { cases as recordItems } from './resident-record-items.ts';
import { cases as sealRegistrations } from './seal-registration.ts';
import { cases as taxAssessments } from './tax-assessment.ts';
import { cases as taxExemptions } from './tax-exemption.ts';
import { cases as taxIncomes } from './tax-income.ts';
import { cases as taxIncomeAssessments } from './tax-income-assessment.ts';
import { cases as taxPayments } from './tax-payment.ts';

export type { GalleryCase } from './gallery-case.ts';

export const galleryCases: readonly GalleryCase[] = [
  ...residentRecords,
  ...recordItems,
  ...sealRegistrations,
  ...taxIncomes,
  ...taxAssessments,
  ...taxExemptions,
  ...taxIncomeAssessments,
  ...taxPayments,
  ...kosekiFull,
  ...kosekiIndividual,
  ...addressHistories,
];
