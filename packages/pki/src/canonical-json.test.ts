import { AssertionError } from 'node:assert';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, type Json } from './canonical-json.ts';

test('canonical JSON is written as RFC 8785 shows it', () => {
  // Sections 3.2.2 and 3.2.3.
  expect(
    canonicalJson({
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 1e-27],
      string: '\u20ac$\u000f\nA\'B"\\\\"/',
    }),
  ).toBe('{"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}');
  expect(
    Object.keys(
      JSON.parse(
        canonicalJson({ '\u20ac': 1, '\r': 2, '\ufb33': 3, one: 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 }),
      ),
    ),
  ).toEqual(['\r', 'one', '\u0080', '\u00f6', '\u20ac', '\u{1f600}', '\ufb33']);
});

test('canonical JSON means the same, and is the same for every order of members', () => {
  const turned = (value: Json): Json => {
    if (Array.isArray(value)) return value.map((item: Json) => turned(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([name, item]) => [name, turned(item)]),
    );
  };
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value as Json);
      expect(canonicalJson(turned(value as Json))).toBe(text);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
    { seed: 7, numRuns: 500 },
  );
});

test.each([[Number.NaN], [Number.POSITIVE_INFINITY], ['\ud842'], [undefined]])('%s is no JSON', (value) => {
  expect(() => canonicalJson({ value } as Json)).toThrow(AssertionError);
});
