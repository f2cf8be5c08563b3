import assert from 'node:assert/strict';
import fc from 'fast-check';
import { test } from 'vitest';
import { parseStrictJson } from './strict-json.ts';

const parse = (text: string) => parseStrictJson(new TextEncoder().encode(text));

test('reads every JSON value as JSON.parse does', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.boolean(), (value, pretty) => {
      const text = JSON.stringify(value, null, pretty ? 1 : undefined);
      fc.pre(!text.includes('__proto__'));
      assert.deepEqual(parse(text), JSON.parse(text));
    }),
  );
});

test.each([
  '{"a":1,"a":1}',
  '{"a":1,"\\u0061":2}',
  '[{"b":{"a":1,"c":[{"a":{}}],"a":2}}]',
  '{"a":"}","b":",","a":"\\\\"}',
  '{"__proto__":1}',
  '{"\\u005f_proto__":1}',
  '{"a":1}x',
  '\ufeff{}',
  '',
  `${'['.repeat(33)}${']'.repeat(33)}`,
])('refuses %s', (text) => {
  assert.throws(() => parse(text), SyntaxError);
});

test.each([
  ['{"a":{"a":{"a":[]}}}', { a: { a: { a: [] } } }],
  ['[{"a":1},{"a":2}]', [{ a: 1 }, { a: 2 }]],
  ['{"a":"\\"a\\":","b":["a","a"]}', { a: '"a":', b: ['a', 'a'] }],
  ['{"a":"\\\\","b":1}', { a: '\\', b: 1 }],
])('takes %s, where equal texts are not equal keys of one object', (text, value) => {
  assert.deepEqual(parse(text), value);
});

test('refuses bytes that are not UTF-8', () => {
  assert.throws(() => parseStrictJson(new Uint8Array([0x22, 0xff, 0x22])), TypeError);
});
