/** Invented 課税台帳 of somebody in 夕凪市, and the orders for certificates of them. */
import type { CertificateKind, RegistryPerson, RegistryRecord, TaxLedger } from '@machikado/protocol';
import type { CertificateContent } from '../../ports.ts';
import { household, orderFor, person } from './records.ts';

export type TaxKind = Extract<CertificateKind, `tax-${string}`>;
export const taxKinds = [
  'tax-income',
  'tax-assessment',
  'tax-exemption',
  'tax-income-assessment',
  'tax-payment',
] as const satisfies readonly TaxKind[];

const date = (year: number, month: number, day: number) => ({ year, month, day });

/** The terms of 普通徴収: the last days of June, August and October and of January after. */
export function terms(fiscalYear: number, dueYen: readonly number[], paid: number): TaxLedger['payments'] {
  const days = [
    date(fiscalYear, 6, 30),
    date(fiscalYear, 8, 31),
    date(fiscalYear, 10, 31),
    date(fiscalYear + 1, 1, 31),
  ];
  return dueYen.map((yen, i) => ({
    term: `第${i + 1}期`,
    dueYen: yen,
    paidYen: i < paid ? yen : 0,
    dueOn: days[i] ?? date(fiscalYear + 1, 3, 31),
  }));
}

const inhabitants = (city: number, prefecture: number): TaxLedger['assessed'] => [
  { label: '市町村民税　均等割額', yen: city },
  { label: '市町村民税　所得割額', yen: 125_900 },
  { label: '道府県民税　均等割額', yen: prefecture },
  { label: '道府県民税　所得割額', yen: 83_900 },
];
const beforeForestTax = inhabitants(3_500, 1_500);
const sinceForestTax = inhabitants(3_000, 1_000);

/** Of somebody with wages and a small rent. */
export function ledger(fiscalYear: number, changes: Partial<TaxLedger> = {}): TaxLedger {
  return {
    fiscalYear,
    state: 'fixed',
    addressOnNewYear: '架空県夕凪市浜風二丁目１番地５　汐見ハイツ３０５号',
    income: [
      { label: '給与収入', yen: 5_432_100 },
      { label: '給与所得', yen: 3_904_000 },
      { label: '不動産所得', yen: 312_000 },
    ],
    totalIncomeYen: 4_216_000,
    deductions: [
      { label: '社会保険料控除', yen: 782_400 },
      { label: '生命保険料控除', yen: 70_000 },
      { label: '地震保険料控除', yen: 12_500 },
      { label: '配偶者控除', yen: 330_000 },
      { label: '扶養控除', yen: 450_000 },
      { label: '基礎控除', yen: 430_000 },
    ],
    dependants: [
      { label: '控除対象配偶者', count: 1 },
      { label: '特定扶養親族', count: 1 },
      { label: '１６歳未満の扶養親族', count: 2 },
    ],
    taxableIncomeYen: 2_141_000,
    assessed: fiscalYear < 2024 ? beforeForestTax : [...sinceForestTax, { label: '森林環境税', yen: 1_000 }],
    totalAssessedYen: 214_800,
    payments: terms(fiscalYear, [55_800, 53_000, 53_000, 53_000], 3),
    paymentsPostedUntil: date(2026, 11, 10),
    ...changes,
  };
}

/** 非課税: a pension below the line. */
export const exempt = ledger(2026, {
  income: [
    { label: '公的年金等の収入', yen: 1_080_000 },
    { label: '雑所得（公的年金等）', yen: 0 },
  ],
  totalIncomeYen: 0,
  deductions: [
    { label: '障害者控除', yen: 260_000 },
    { label: '基礎控除', yen: 430_000 },
  ],
  dependants: [],
  taxableIncomeYen: 0,
  assessed: [
    { label: '市町村民税　均等割額', yen: 0 },
    { label: '市町村民税　所得割額', yen: 0 },
    { label: '道府県民税　均等割額', yen: 0 },
    { label: '道府県民税　所得割額', yen: 0 },
    { label: '森林環境税', yen: 0 },
  ],
  totalAssessedYen: 0,
  payments: [],
});

/** Ten digits and eleven, and a loss. */
export const wealthy = ledger(2026, {
  income: [
    { label: '営業等所得', yen: 9_876_543_210 },
    { label: '不動産所得', yen: -23_456_789 },
    { label: '配当所得', yen: 1_234_567_890 },
    { label: '上場株式等に係る譲渡所得等（分離課税）', yen: 12_345_678_901 },
  ],
  totalIncomeYen: 23_433_333_212,
  taxableIncomeYen: 23_432_000_000,
  assessed: [
    { label: '市町村民税　均等割額', yen: 3_000 },
    { label: '市町村民税　所得割額', yen: 1_405_920_000 },
    { label: '道府県民税　均等割額', yen: 1_000 },
    { label: '道府県民税　所得割額', yen: 937_280_000 },
    { label: '森林環境税', yen: 1_000 },
  ],
  totalAssessedYen: 2_343_205_000,
  payments: terms(2026, [585_802_000, 585_801_000, 585_801_000, 585_801_000], 3),
});

/** Neither deductions nor dependants; the address of 1 January is not in the ledger. */
export const noDeductions = ledger(2026, { deductions: [], dependants: [], addressOnNewYear: null });

/** Everything that a ledger can hold: three sheets. */
export const longest = ledger(2026, {
  income: Array.from({ length: 30 }, (_, i) => ({ label: `所得の種類その${i + 1}`, yen: 100_000 + i })),
  deductions: Array.from({ length: 30 }, (_, i) => ({
    label:
      i === 7
        ? '肉用牛の売却による農業所得の免税に係る特例の控除（架空の長い名称の控除）そのほか'
        : `控除の種類その${i + 1}`,
    yen: 10_000 + i,
  })),
  dependants: Array.from({ length: 12 }, (_, i) => ({ label: `扶養の区分その${i + 1}`, count: i })),
  assessed: Array.from({ length: 12 }, (_, i) => ({ label: `税額の種類その${i + 1}`, yen: 1_000 + i })),
  payments: Array.from({ length: 20 }, (_, i) => ({
    term: `随時第${i + 1}期`,
    dueYen: 10_740,
    paidYen: 10_740,
    dueOn: date(2026, 6 + Math.floor(i / 4), 28),
  })),
});

/** 2019年度: begun in 平成, its income earned in 平成30年. */
export const eraChange = ledger(2019, { payments: terms(2019, [55_800, 53_000, 53_000, 53_000], 4) });

/** The household of `resident`, and the ledger of that resident. */
export function taxRecord(tax: TaxLedger, resident: RegistryPerson = person(1)): RegistryRecord {
  return { ...household([resident, person(2, { name: '夕凪　葛\u{E0100}子', relationship: '妻' })]), tax };
}

export function taxOrder(
  kind: TaxKind,
  tax: TaxLedger,
  { resident = person(1), ...changes }: Partial<CertificateContent> & { readonly resident?: RegistryPerson } = {},
): CertificateContent {
  return orderFor(taxRecord(tax, resident), {
    kind,
    residentIds: [resident.residentId],
    scope: 'self',
    items: [],
    fiscalYear: tax.fiscalYear,
    ...changes,
  });
}
