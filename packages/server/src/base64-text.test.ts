import { BASE64_PATTERN, Base64 } from '@machikado/protocol';
import fc from 'fast-check';
import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { isBase64 } from './base64-text.ts';
import { checkFor } from './schema-check.ts';

const pattern = new RegExp(BASE64_PATTERN, 'u');
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'.repeat(1_100);
/** Around the end of a piece, and short ones. */
const lengths = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 65_520, max: 65_560 }));
const strangers = [
  '',
  '=',
  '==',
  '===',
  '-',
  '_',
  ' ',
  '\n',
  '\0',
  'é',
  'Ł',
  '\u0141\u0141\u0141\u0141',
  '漢',
  '😀',
  '.',
];

test('takes what the expression takes, and nothing else, whatever stands wherever', () => {
  const texts = fc.tuple(lengths, fc.nat(), fc.constantFrom(...strangers), fc.constantFrom('', '=', '==', '==='));
  fc.assert(
    fc.property(texts, ([length, place, stranger, padding]) => {
      const whole = LETTERS.slice(place % 64, (place % 64) + length);
      const at = length === 0 ? 0 : place % length;
      const text = `${whole.slice(0, at)}${stranger}${whole.slice(at)}${padding}`;
      expect(isBase64(text)).toBe(pattern.test(text));
    }),
    { numRuns: 400 },
  );
});

test('takes a document’s bytes', () => {
  expect(isBase64(Buffer.alloc(300_001, 0xa7).toString('base64'))).toBe(true);
});

test('stands in for the expression in a schema, and the fault is still told by the schema’s own words', () => {
  const { fits, faultOf } = checkFor(Type.Object({ pdf: Base64(1_000_000, 'A document.') }));
  const pdf = LETTERS.slice(0, 64_000);
  const broken = { pdf: `${pdf.slice(0, 40_000)}*${pdf.slice(40_001)}` };
  expect([fits({ pdf }), fits(broken), faultOf(broken)]).toEqual([true, false, '/pdf: pattern']);
  expect(fits({ pdf: LETTERS.repeat(20) })).toBe(false);
});
