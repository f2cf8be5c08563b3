/**
 * 課税台帳 of the years 2021 to 2026 for one household: who earns what, whose dependants the others are, and what was paid. Who came after
 * 1 January of a year is not taxed here for that year; children below 15 have no ledger.
 */
import { ageOn, earliestDay, parseCalendarDate } from '@machikado/domain';
import type { LedgerDate, RegistryPerson, TaxLedger } from '@machikado/protocol';
import type { Desk } from './desk.ts';
import type { MemberSpec, TaxTrait } from './household-specs.ts';
import { type Assessment, assess, type Dependants, type Income, nobody } from './tax-assessment.ts';
import type { Household } from './town.ts';

export const fiscalYears = [2021, 2022, 2023, 2024, 2025, 2026] as const;
type Traits = ReadonlyMap<string, MemberSpec>;

export function ledgersOf(desk: Desk, household: Household, traits: Traits) {
  const profiles = household.members.map((member) => ({
    ...profileOf(desk, member, traits.get(member.residentId)?.tax),
    member,
    born: earliestDay(member.birth),
    since: member.addressSince && earliestDay(member.addressSince),
  }));
  return fiscalYears.flatMap((fiscalYear) => {
    const newYear = parseCalendarDate(`${fiscalYear}-01-01`);
    const earners = profiles.map((profile) => {
      const age = ageOn(profile.born, newYear);
      return { ...profile, age, incomes: incomesIn(fiscalYear, age, profile) };
    });
    return earners.flatMap(({ member, born, since, age, incomes, trait, otherDeductions }, i) => {
      const { residentId } = member;
      if (age < 14 || born > newYear) return [];
      if (!since || since > newYear) return [{ residentId, ledger: noRight(fiscalYear, member) }];
      const dependants = i === 0 ? dependantsOf(earners.slice(1)) : nobody;
      const grade = desk.town.lgCode === '990019' ? 2 : 3;
      const assessment = assess(fiscalYear, { incomes, age, dependants, otherDeductions, grade });
      return [
        {
          residentId,
          ledger: ledger(desk, fiscalYear, household.address, assessment, dependants, trait),
        },
      ];
    });
  });
}

interface Profile {
  readonly trait: TaxTrait | undefined;
  readonly salary: number;
  readonly pension: number;
  readonly business: number;
  readonly otherDeductions: readonly { readonly label: string; readonly yen: number }[];
}

function profileOf({ random }: Desk, { relationship }: RegistryPerson, trait: TaxTrait | undefined): Profile {
  const thousands = (from: number, to: number) => random.between(from, to) * 1000 + random.between(0, 999);
  const isHead = relationship === '世帯主';
  const earns = isHead ? thousands(2600, 8900) : random.chance(0.6) ? thousands(480, 2400) : 0;
  const salary = trait === 'exempt' ? 0 : earns;
  return {
    trait,
    salary,
    pension: trait === 'exempt' ? thousands(700, 900) : thousands(900, 2600),
    business: random.chance(0.1) ? thousands(300, 3000) : 0,
    otherDeductions:
      salary === 0
        ? []
        : [
            { label: '社会保険料控除', yen: Math.floor(salary * 0.147) },
            ...(random.chance(0.6) ? [{ label: '生命保険料控除', yen: random.between(12, 70) * 1000 }] : []),
            ...(random.chance(0.3) ? [{ label: '地震保険料控除', yen: random.between(5, 25) * 1000 }] : []),
            ...(trait === 'many-incomes' ? manyDeductions : []),
          ],
  };
}

const manyDeductions = [
  { label: '雑損控除', yen: 41_230 },
  { label: '医療費控除', yen: 187_456 },
  { label: '小規模企業共済等掛金控除', yen: 276_000 },
  { label: '障害者控除', yen: 260_000 },
];

/** Wages grow a little every year; pensions begin at 65. */
function incomesIn(fiscalYear: number, age: number, { trait, salary, pension, business }: Profile): Income[] {
  const grown = (yen: number) => Math.floor(yen * (1 + (fiscalYear - 2026) * 0.015));
  const incomes: Income[] = [];
  if (age >= 65) incomes.push({ kind: '公的年金等', yen: grown(pension) });
  if (age >= 18 && age < 70 && salary > 0)
    incomes.push({ kind: '給与', yen: grown(age >= 65 ? salary / 3 : age < 22 ? Math.min(salary, 700_000) : salary) });
  if (age >= 25 && business > 0 && trait !== 'exempt') incomes.push({ kind: '事業（営業等）', yen: grown(business) });
  if (trait === 'many-incomes')
    incomes.push(
      { kind: '不動産', yen: grown(1_234_567) },
      { kind: '配当', yen: grown(98_765) },
      { kind: '雑（その他）', yen: grown(210_300) },
      { kind: '一時', yen: grown(1_500_000) },
    );
  return incomes;
}

/** Those of the household who earn no more than the limit are dependants of its head. */
function dependantsOf(
  others: readonly { readonly member: RegistryPerson; readonly age: number; readonly incomes: readonly Income[] }[],
): Dependants {
  const poor = others.filter(
    ({ age, incomes }) =>
      age >= 0 && incomes.every(({ kind, yen }) => yen <= (kind === '公的年金等' ? 1_080_000 : 1_030_000)),
  );
  const counted = (test: (age: number) => boolean) =>
    poor.filter(({ member, age }) => !['妻', '夫'].includes(member.relationship) && test(age)).length;
  return {
    spouse: poor.some(({ member }) => ['妻', '夫'].includes(member.relationship)),
    general: counted((age) => (age >= 16 && age < 19) || (age >= 23 && age < 70)),
    specific: counted((age) => age >= 19 && age < 23),
    aged: counted((age) => age >= 70),
    young: counted((age) => age < 16),
  };
}

function noRight(fiscalYear: number, { previousAddress }: RegistryPerson): TaxLedger {
  return { ...empty(fiscalYear), state: 'no-taxing-right', addressOnNewYear: previousAddress };
}

function empty(fiscalYear: number): TaxLedger {
  return {
    fiscalYear,
    state: 'fixed',
    addressOnNewYear: null,
    income: [],
    totalIncomeYen: 0,
    deductions: [],
    dependants: [],
    taxableIncomeYen: 0,
    assessed: [],
    totalAssessedYen: 0,
    payments: [],
    paymentsPostedUntil: null,
  };
}

const NEWEST = 2026;
const stateOf: Partial<Record<TaxTrait, TaxLedger['state']>> = {
  undeclared: 'undeclared',
  'in-process': 'in-process',
  stopped: 'stopped',
};

function ledger(
  { town }: Desk,
  fiscalYear: number,
  address: string,
  assessment: Assessment,
  dependants: Dependants,
  trait: TaxTrait | undefined,
): TaxLedger {
  // 更正 is about the newest year only; the other traits have lasted for two.
  const concerned = fiscalYear > NEWEST - (trait === 'in-process' ? 1 : 2);
  const state = (concerned && trait && stateOf[trait]) || 'fixed';
  if (state === 'undeclared') return { ...empty(fiscalYear), state, addressOnNewYear: address };
  const { municipal, prefectural, forestYen } = assessment;
  const self = town.name.endsWith('市') ? '市民税' : '町民税';
  const assessed = [
    { label: `${self}均等割`, yen: municipal.perCapita },
    { label: `${self}所得割`, yen: municipal.byIncome },
    { label: '県民税均等割', yen: prefectural.perCapita },
    { label: '県民税所得割', yen: prefectural.byIncome },
    ...(fiscalYear >= 2024 ? [{ label: '森林環境税', yen: forestYen }] : []),
  ];
  const totalAssessedYen = assessed.reduce((total, { yen }) => total + yen, 0);
  const owes = trait === 'unpaid' && concerned;
  return {
    fiscalYear,
    state,
    addressOnNewYear: address,
    income: assessment.incomes.map(({ label, yen }) => ({ label: `${label}所得`, yen })),
    totalIncomeYen: assessment.totalIncomeYen,
    deductions: assessment.deductions.map(({ label, yen }) => ({ label, yen })),
    dependants: countsOf(dependants),
    taxableIncomeYen: assessment.taxableYen,
    assessed,
    totalAssessedYen,
    payments: totalAssessedYen === 0 ? [] : terms(fiscalYear, totalAssessedYen, owes),
    paymentsPostedUntil:
      fiscalYear === NEWEST ? { year: NEWEST, month: 11, day: 10 } : { year: fiscalYear + 1, month: 5, day: 31 },
  };
}

function countsOf({ spouse, general, specific, aged, young }: Dependants) {
  return [
    { label: '控除対象配偶者', count: spouse ? 1 : 0 },
    { label: '一般扶養', count: general },
    { label: '特定扶養', count: specific },
    { label: '老人扶養', count: aged },
    { label: '16歳未満扶養', count: young },
  ].filter(({ count }) => count > 0);
}

/** 普通徴収: four terms, the odd yen in the first. Everybody has paid ahead (全期前納), but for those who owe. */
function terms(fiscalYear: number, yen: number, owes: boolean): TaxLedger['payments'] {
  const each = Math.floor(yen / 4 / 1000) * 1000;
  const due: readonly LedgerDate[] = [
    { year: fiscalYear, month: 6, day: 30 },
    { year: fiscalYear, month: 8, day: 31 },
    { year: fiscalYear, month: 10, day: 31 },
    { year: fiscalYear + 1, month: 1, day: 31 },
  ];
  return due.map((dueOn, i) => {
    const dueYen = i === 0 ? yen - 3 * each : each;
    // Of last year the last term is open; of this year the first was paid in part and nothing since.
    const open = owes && (fiscalYear === NEWEST ? true : i === 3);
    const paidYen = open ? (i === 0 ? Math.floor(dueYen / 2) : 0) : dueYen;
    return { term: `第${'１２３４'[i]}期`, dueYen, paidYen, dueOn };
  });
}
