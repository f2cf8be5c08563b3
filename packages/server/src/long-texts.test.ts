import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonBytes } from './long-texts.ts';
import { parseStrictJson } from './strict-json.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'.repeat(200);
/** Long Base64, texts that nearly are, and what could be mistaken for a mark. */
const texts = fc.oneof(
  fc.tuple(fc.nat(63), fc.integer({ min: 4_080, max: 12_000 })).map(([at, length]) => LETTERS.slice(at, at + length)),
  fc
    .tuple(fc.nat(5_000), fc.constantFrom('"', '\\', '\n', '\x7f', 'é', '漢', '-', '=', '\\"'))
    .map(([at, stranger]) => LETTERS.slice(0, at) + stranger + LETTERS.slice(at, 9_000)),
  fc.constantFrom('', '\x7f', '\x7f0', '\x7f1', '\\u007f0', '名前', '\ud800'),
);
const values = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    texts,
    fc.jsonValue({ maxDepth: 1 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.string({ maxLength: 3 }), texts), tie('value'), { maxKeys: 4 }),
  ),
})).value;

/** As it is without anything being cut out: JSON.parse, where the reader is no stricter. */
const plainly = (text: string): unknown => JSON.parse(text);

test('a message is written as JSON.stringify writes it, and read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(values, fc.boolean(), (value, pretty) => {
      const plain = JSON.stringify(value);
      fc.pre(!plain.includes('__proto__'));
      expect(jsonBytes(value).equals(Buffer.from(plain))).toBe(true);
      const text = JSON.stringify(value, null, pretty ? 1 : undefined);
      expect(parseStrictJson(Buffer.from(text))).toEqual(plainly(Buffer.from(text).toString()));
    }),
    { numRuns: 150 },
  );
});

const LONG = LETTERS.slice(0, 9_000);

test('what is no JSON stays none, wherever it is broken', () => {
  const text = JSON.stringify({ 名: LONG, list: [LONG, '\x7f', { pdf: LONG, n: 1 }], end: 'x' });
  const places = fc.oneof(fc.nat(text.length - 1), fc.constantFrom(0, 1, 5, 6, 9_005, 9_006, 9_007, text.length - 2));
  fc.assert(
    fc.property(places, fc.constantFrom('', '"', '\\', '{', '}', ',', ':', '\x7f', '\0', 'é', '=', '-'), (at, put) => {
      const broken = text.slice(0, at) + put + text.slice(at + 1);
      const read = (parse: () => unknown) => {
        try {
          return { value: parse() };
        } catch {
          return 'refused';
        }
      };
      expect(read(() => parseStrictJson(Buffer.from(broken)))).toEqual(read(() => plainly(broken)));
    }),
    { numRuns: 150 },
  );
});

test.each([
  ['equal long names', `{"${LONG}":1,"${LONG}":2}`],
  ['a name twice behind a long text', `{"pdf":"${LONG}","a":1,"a":2}`],
  ['a name of a long text twice', `{"pdf":"${LONG}","pdf":"${LONG}"}`],
  ['__proto__ beside a long text', `{"pdf":"${LONG}","__proto__":{}}`],
  ['a long text without a comma before it', `["a"${LONG}"b"]`],
  ['a control character in a long text', `["${LONG.slice(0, 5_000)}\n${LONG}"]`],
  ['too many brackets around a long text', `${'['.repeat(33)}"${LONG}"${']'.repeat(33)}`],
])('refuses %s', (_, text) => {
  expect(() => parseStrictJson(Buffer.from(text))).toThrow(SyntaxError);
});

test('refuses bytes that are not UTF-8 beside a long text and in one', () => {
  const not = (text: string) => Buffer.from(text, 'latin1');
  expect(() => parseStrictJson(not(`["${LONG}","\xff"]`))).toThrow(TypeError);
  expect(() => parseStrictJson(not(`["${LONG}\xff${LONG}"]`))).toThrow(TypeError);
});

test('takes marks that stand in a message, written out or not', () => {
  for (const mark of ['\x7f0', '\\u007f0', '\\u007F0', '\\"\x7f0'])
    for (const text of [`["${mark}","${LONG}"]`, `["x\\"${LONG}","${mark}"]`, `{"${LONG}":"${mark}"}`])
      expect(parseStrictJson(Buffer.from(text))).toEqual(JSON.parse(text));
});

test('reads a view of more bytes than its own', () => {
  const text = JSON.stringify({ pdf: LONG });
  const around = Buffer.from(`"${text}"`);
  expect(parseStrictJson(around.subarray(1, -1))).toEqual({ pdf: LONG });
});
