/**
 * 個人番号 that cannot be anybody’s: twelve digits as the ledger has them, all of the series 999, and the check digit (平成26年総務省令第85号第5条) is
 * always wrong.
 */
import type { Random } from './random.ts';

export function createMyNumbers(random: Random, given: Set<string>): () => string {
  return () => {
    for (;;) {
      const digits = `999${String(random.between(0, 99_999_999)).padStart(8, '0')}`;
      const number = `${digits}${(checkDigitOf(digits) + random.between(1, 9)) % 10}`;
      if (given.has(number)) continue;
      given.add(number);
      return number;
    }
  };
}

/** Of the eleven digits before it, counted from the right: weights 2 to 7, then 2 to 6. */
export function checkDigitOf(elevenDigits: string): number {
  const sum = [...elevenDigits]
    .reverse()
    .reduce((total, digit, i) => total + Number(digit) * (i < 6 ? i + 2 : i - 4), 0);
  const rest = sum % 11;
  return rest <= 1 ? 0 : 11 - rest;
}
