/**
 * 全国地方公共団体コード (local government code): five digits and a check digit.
 * Written `lgCode` everywhere, after the column name in the Address Base Registry.
 */
declare const brand: unique symbol;
export type LgCode = string & { readonly [brand]: 'LgCode' };

const WEIGHTS = [6, 5, 4, 3, 2] as const;

/** Accepts full six-digit codes only; a five-digit code is a different key in older systems. */
export function parseLgCode(text: string): LgCode {
  if (!/^\d{6}$/.test(text)) throw new RangeError('not a six-digit lgCode');
  if (checkDigit(text) !== Number(text[5])) throw new RangeError('the check digit of the lgCode is wrong');
  return text as LgCode;
}

function checkDigit(code: string): number {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(code[i]), 0);
  return (11 - (sum % 11)) % 10;
}
