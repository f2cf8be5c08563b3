import { expect, test } from 'vitest';
import { assess, nobody } from './tax-assessment.ts';

const salary = (yen: number) => [{ kind: '給与' as const, yen }];
const insurance = [{ label: '社会保険料控除', yen: 735_000 }];
const plain = { age: 40, dependants: nobody, otherDeductions: insurance, grade: 2 as const };

/** Reckoned by hand from the articles of 地方税法. */
test('five million yen of wages, alone, in 2025', () => {
  // 5,000,000 − (5,000,000 × 20 % + 440,000) = 3,560,000; less 735,000 and 430,000: 2,395,000.
  // 調整控除: 50,000 − 395,000 < 2,500, so 2,500: 1,500 of the city and 1,000 of the prefecture.
  expect(assess(2025, { ...plain, incomes: salary(5_000_000) })).toMatchObject({
    totalIncomeYen: 3_560_000,
    taxableYen: 2_395_000,
    municipal: { perCapita: 3000, byIncome: 142_200 },
    prefectural: { perCapita: 1000, byIncome: 94_800 },
    forestYen: 1000,
    flatCutYen: 0,
  });
});

test('均等割 was 5,000 yen until 2023, and there was no 森林環境税', () => {
  const { municipal, prefectural, forestYen } = assess(2023, { ...plain, incomes: salary(5_000_000) });
  expect([municipal.perCapita, prefectural.perCapita, forestYen]).toEqual([3500, 1500, 0]);
});

test('in 2024 everybody’s 所得割 was cut by 10,000 yen a head, and no further than to nothing', () => {
  const family = { ...plain, dependants: { ...nobody, spouse: true, young: 2 } };
  expect(assess(2024, { ...plain, incomes: salary(5_000_000) })).toMatchObject({
    flatCutYen: 10_000,
    municipal: { byIncome: 136_200 },
    prefectural: { byIncome: 90_800 },
  });
  expect(assess(2024, { ...family, incomes: salary(5_000_000) }).flatCutYen).toBe(40_000);
  const little = assess(2024, { ...family, incomes: salary(2_800_000) });
  expect(little.municipal.byIncome + little.prefectural.byIncome).toBe(0);
});

test.each([
  // 給与 1,030,000 − 550,000 = 480,000 is above 415,000 (2級地); of 2026 the deduction is 650,000.
  [2025, 1_030_000, 2, 3000],
  [2026, 1_030_000, 2, 0],
  [2025, 965_000, 2, 0],
  [2025, 965_001, 2, 3000],
  [2025, 930_000, 3, 0],
  [2025, 930_001, 3, 3000],
] as const)('in %d, %d yen of wages, 級地 %d: 均等割 %d', (year, yen, grade, perCapita) => {
  const { municipal } = assess(year, { ...plain, grade, otherDeductions: [], incomes: salary(yen) });
  expect(municipal.perCapita).toBe(perCapita);
});

test('the deduction of a pension is larger from 65 on', () => {
  const pension = [{ kind: '公的年金等' as const, yen: 1_500_000 }];
  expect(assess(2025, { ...plain, age: 64, incomes: pension }).totalIncomeYen).toBe(850_000);
  expect(assess(2025, { ...plain, age: 65, incomes: pension }).totalIncomeYen).toBe(400_000);
});
