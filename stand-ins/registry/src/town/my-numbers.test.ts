import { expect, test } from 'vitest';
import { generateTown } from './generate-town.ts';
import { checkDigitOf } from './my-numbers.ts';

test('the check digit is reckoned as the ordinance says', () => {
  // Weights 6 5 4 3 2 7 6 5 4 3 2 from the left: of eleven ones they sum up to 47, 47 modulo 11 is 3, and 11 − 3 is 8.
  expect(checkDigitOf('11111111111')).toBe(8);
  // 2 × 5 + … so that the rest is 1: the digit is 0 then, as it is for a rest of 0.
  expect(checkDigitOf('00000000006')).toBe(0);
  expect(checkDigitOf('00000000000')).toBe(0);
});

test('nobody’s 個人番号 could be a real one, and none is given twice; 霧笛町 keeps none', () => {
  const numbers = generateTown('990019', 'test').households.flatMap(({ members }) => members.map((m) => m.myNumber));
  for (const number of numbers) {
    expect(number).toMatch(/^999\d{9}$/);
    expect(Number(number?.[11])).not.toBe(checkDigitOf(number?.slice(0, 11) as string));
  }
  expect(new Set(numbers).size).toBe(numbers.length);
  const muteki = generateTown('990027', 'test').households.flatMap(({ members }) => members);
  expect(new Set(muteki.map(({ myNumber }) => myNumber))).toEqual(new Set([null]));
});
