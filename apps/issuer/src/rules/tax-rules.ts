/**
 * Refusals of the tax certificates. 未納 is what the ledger can know: a term whose last day stands before the day up to which
 * payments are posted. A later term that looks unpaid may have been paid or not, and nobody is certified on a guess.
 */
import { type CalendarDate, earliestDay, latestDay } from '@machikado/domain';
import type { CertificateKind, TaxLedger } from '@machikado/protocol';
import type { Case } from './case.ts';
import type { RefusalRule } from './refusal-rule.ts';

const taxKinds = [
  'tax-income',
  'tax-assessment',
  'tax-exemption',
  'tax-income-assessment',
  'tax-payment',
] as const satisfies readonly CertificateKind[];
const ASSESSMENT = '地方税法 第24条, 第294条; 団体の案内';
const PAYMENT = '地方税法 第20条の10; 団体の案内';

export const taxRules: readonly RefusalRule[] = [
  {
    ...ofTheLedger('tax-none', '当該年度の課税台帳に記録なし'),
    condition: 'no ledger of this 年度',
    applies: (c) => ledgerOf(c) === undefined,
  },
  inState('undeclared', '未申告', '地方税法 第317条の2; 団体の案内'),
  inState('in-process', '賦課・更正の処理中', '地方税法 第319条, 第321条の2; 団体の案内'),
  inState('no-taxing-right', '賦課期日（1月1日）に住所がなく課税権がない', '地方税法 第294条, 第318条'),
  inState('stopped', '税証明の発行停止', '団体の案内'),
  {
    ...ofTheLedger('tax-assessed', '課税されているため非課税証明書は交付できない'),
    kinds: ['tax-exemption'],
    condition: '年税額 > 0',
    applies: (c) => isFixed(c, ({ totalAssessedYen }) => totalAssessedYen > 0),
  },
  {
    ...ofTheLedger('tax-not-assessed', '課税されていないため課税証明書ではなく非課税証明書を交付する'),
    kinds: ['tax-assessment'],
    condition: '年税額 = 0; 所得課税証明書 says 0 yen',
    applies: (c) => isFixed(c, ({ totalAssessedYen }) => totalAssessedYen === 0),
    source: '課税のない者には「非課税証明書」の題名で交付する団体の例（厚木市）',
  },
  {
    ...ofTheLedger('tax-unpaid', '納期限を過ぎた未納あり'),
    kinds: ['tax-payment'],
    condition: 'a term is past, lies within the days that are posted, and is not paid in full',
    applies: (c) => isFixed(c, (ledger) => overdueTerms(ledger, c.today).some((term) => isPosted(term, ledger))),
    source: PAYMENT,
  },
  {
    ...ofTheLedger('tax-unposted', '納期限を過ぎた期別の収納が未反映（領収書で確認）'),
    kinds: ['tax-payment'],
    condition: 'a term is past and not paid in full, but payments of its last day are not posted yet',
    applies: (c) => isFixed(c, (ledger) => overdueTerms(ledger, c.today).some((term) => !isPosted(term, ledger))),
    source: `${PAYMENT}; 収納の反映に二、三週間かかるため領収書を持って窓口へ、とする団体の例（文京区）`,
  },
];

function ofTheLedger(id: string, staffReason: string) {
  return { id, kinds: taxKinds, whom: 'book', code: 'USE_COUNTER', staffReason, source: ASSESSMENT } as const;
}

function inState(state: Exclude<TaxLedger['state'], 'fixed'>, staffReason: string, source: string): RefusalRule {
  const row = { ...ofTheLedger(`tax-${state}`, staffReason), condition: `state = ${state}`, source };
  return { ...row, applies: (c) => ledgerOf(c)?.state === state };
}

function ledgerOf({ record, fiscalYear }: Case): TaxLedger | undefined {
  return record.tax?.fiscalYear === fiscalYear ? (record.tax ?? undefined) : undefined;
}

/** What the ledger says of money counts once it is fixed; before that another row has refused. */
function isFixed(c: Case, is: (ledger: TaxLedger) => boolean): boolean {
  const ledger = ledgerOf(c);
  return ledger?.state === 'fixed' && is(ledger);
}

type Term = TaxLedger['payments'][number];

function overdueTerms({ payments }: TaxLedger, today: CalendarDate): Term[] {
  return payments.filter(({ dueYen, paidYen, dueOn }) => paidYen < dueYen && earliestDay(dueOn) < today);
}

function isPosted({ dueOn }: Term, { paymentsPostedUntil }: TaxLedger): boolean {
  return paymentsPostedUntil !== null && latestDay(dueOn) <= earliestDay(paymentsPostedUntil);
}
