/**
 * 個人住民税 reckoned as the law has it, as far as the invented people need it: incomes after their deductions (給与所得控除, 公的年金等控除), 所得控除,
 * 調整控除, 均等割, 所得割 at 6 % and 4 %, 森林環境税 from 2024, 定額減税 of 2024, and the limits below which nothing is due.
 */
export interface Income {
  readonly kind: '給与' | '公的年金等' | '事業（営業等）' | '不動産' | '配当' | '雑（その他）' | '一時';
  /** 収入金額; of 事業 and the others what is left after expenses. */
  readonly yen: number;
}

export interface Dependants {
  readonly spouse: boolean;
  /** 16 to 18 and 23 to 69. */
  readonly general: number;
  /** 特定: 19 to 22. */
  readonly specific: number;
  /** 老人: 70 and older. */
  readonly aged: number;
  /** Under 16: counts for the limits only. */
  readonly young: number;
}

export const nobody: Dependants = { spouse: false, general: 0, specific: 0, aged: 0, young: 0 };

export interface Assessment {
  readonly incomes: readonly { readonly label: string; readonly yen: number }[];
  readonly totalIncomeYen: number;
  readonly deductions: readonly { readonly label: string; readonly yen: number }[];
  readonly taxableYen: number;
  readonly municipal: { readonly perCapita: number; readonly byIncome: number };
  readonly prefectural: { readonly perCapita: number; readonly byIncome: number };
  readonly forestYen: number;
  /** 定額減税, already taken off `byIncome`. */
  readonly flatCutYen: number;
}

export function assess(
  fiscalYear: number,
  {
    incomes,
    age,
    dependants,
    otherDeductions,
    grade,
  }: {
    readonly incomes: readonly Income[];
    readonly age: number;
    readonly dependants: Dependants;
    readonly otherDeductions: readonly { readonly label: string; readonly yen: number }[];
    /** 級地: the limit of 均等割 depends on it. */
    readonly grade: 2 | 3;
  },
): Assessment {
  const net = incomes.map(({ kind, yen }) => ({ label: kind, yen: netOf(kind, yen, age, fiscalYear) }));
  const totalIncomeYen = sum(net);
  const personal = personalDeductions(dependants);
  const deductions = [...otherDeductions, ...personal.list];
  const taxableYen = Math.max(0, Math.floor((totalIncomeYen - sum(deductions)) / 1000) * 1000);
  const people = 1 + count(dependants);
  const free =
    { 2: 315_000, 3: 280_000 }[grade] * people + 100_000 + (people > 1 ? { 2: 189_000, 3: 168_000 }[grade] : 0);
  const freeOfIncomeTax = 350_000 * people + 100_000 + (people > 1 ? 320_000 : 0);
  const perCapita = totalIncomeYen > free;
  const byIncome = totalIncomeYen > freeOfIncomeTax ? taxableYen : 0;
  const adjustment = byIncome === 0 ? 0 : adjustmentOf(byIncome, personal.difference);
  const gross = {
    municipal: Math.max(0, byIncome * 0.06 - adjustment * 0.6),
    prefectural: Math.max(0, byIncome * 0.04 - adjustment * 0.4),
  };
  const cut = fiscalYear === 2024 ? Math.min(10_000 * people, gross.municipal + gross.prefectural) : 0;
  const since2024 = fiscalYear >= 2024;
  return {
    incomes: net,
    totalIncomeYen,
    deductions,
    taxableYen,
    municipal: {
      perCapita: perCapita ? (since2024 ? 3000 : 3500) : 0,
      byIncome: hundreds(gross.municipal - cut * 0.6),
    },
    prefectural: {
      perCapita: perCapita ? (since2024 ? 1000 : 1500) : 0,
      byIncome: hundreds(gross.prefectural - cut * 0.4),
    },
    forestYen: perCapita && since2024 ? 1000 : 0,
    flatCutYen: Math.round(cut),
  };
}

function netOf(kind: Income['kind'], yen: number, age: number, fiscalYear: number): number {
  if (kind === '給与') return Math.max(0, yen - salaryDeduction(yen, fiscalYear));
  if (kind === '公的年金等') return Math.max(0, yen - pensionDeduction(yen, age));
  if (kind === '一時') return Math.max(0, Math.floor((yen - 500_000) / 2));
  return yen;
}

/** 給与所得控除 since 2020; the least of it grew with the income of 2025. */
function salaryDeduction(yen: number, fiscalYear: number): number {
  const least = fiscalYear >= 2026 ? 650_000 : 550_000;
  const graded =
    yen <= 1_800_000
      ? yen * 0.4 - 100_000
      : yen <= 3_600_000
        ? yen * 0.3 + 80_000
        : yen <= 6_600_000
          ? yen * 0.2 + 440_000
          : yen <= 8_500_000
            ? yen * 0.1 + 1_100_000
            : 1_950_000;
  return Math.max(least, Math.floor(graded));
}

function pensionDeduction(yen: number, age: number): number {
  const least = age >= 65 ? 1_100_000 : 600_000;
  const graded =
    yen <= 4_100_000 ? yen * 0.25 + 275_000 : yen <= 7_700_000 ? yen * 0.15 + 685_000 : yen * 0.05 + 1_455_000;
  return Math.max(least, Math.floor(graded));
}

/** 人的控除, and by how much those of the income tax are larger. */
function personalDeductions({ spouse, general, specific, aged }: Dependants) {
  const rows = [
    { label: '配偶者控除', count: spouse ? 1 : 0, yen: 330_000, difference: 50_000 },
    { label: '扶養控除（一般）', count: general, yen: 330_000, difference: 50_000 },
    { label: '扶養控除（特定）', count: specific, yen: 450_000, difference: 180_000 },
    { label: '扶養控除（老人）', count: aged, yen: 380_000, difference: 100_000 },
    { label: '基礎控除', count: 1, yen: 430_000, difference: 50_000 },
  ].filter((row) => row.count > 0);
  return {
    list: rows.map(({ label, count: n, yen }) => ({ label, yen: n * yen })),
    difference: rows.reduce((total, row) => total + row.count * row.difference, 0),
  };
}

/** 調整控除 (地方税法37条, 314条の6). */
function adjustmentOf(taxable: number, difference: number): number {
  if (taxable <= 2_000_000) return Math.min(difference, taxable) * 0.05;
  return Math.max((difference - (taxable - 2_000_000)) * 0.05, 2500);
}

function count({ spouse, general, specific, aged, young }: Dependants): number {
  return (spouse ? 1 : 0) + general + specific + aged + young;
}

function sum(rows: readonly { readonly yen: number }[]): number {
  return rows.reduce((total, { yen }) => total + yen, 0);
}

/** Fractions below 100 yen are dropped. */
function hundreds(yen: number): number {
  return Math.floor(Math.max(0, yen) / 100) * 100;
}
