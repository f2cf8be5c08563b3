import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseLgCode } from './lg-code.ts';
import { municipalities } from './municipalities.ts';

test('takes a six-digit code with the right check digit', () => {
  expect(parseLgCode('131016')).toBe('131016');
  expect(parseLgCode('990019')).toBe('990019');
});

test.each(['13101', '1310160', '13101a', '１３１０１６', ' 131016', '131016\n', ''])('refuses %j', (text) => {
  expect(() => parseLgCode(text)).toThrow(RangeError);
});

test('any one wrong digit is found, except where the check digit 1 stands for two remainders', () => {
  const codes = [...municipalities.keys()].filter((code) => !code.endsWith('1'));
  fc.assert(
    fc.property(fc.constantFrom(...codes), fc.nat(4), fc.integer({ min: 1, max: 9 }), (code, at, add) => {
      const digits = [...code];
      digits[at] = String((Number(digits[at]) + add) % 10);
      expect(() => parseLgCode(digits.join(''))).toThrow(RangeError);
    }),
  );
});
