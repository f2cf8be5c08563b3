import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, test } from 'vitest';
import { decodeIpp } from './decode-ipp.ts';
import { encodeIpp } from './encode-ipp.ts';
import { IppFormatError, type IppFormatFault } from './ipp-error.ts';
import { type IppAttribute, type IppMessage, type IppValue, toIppDateTime } from './ipp-message.ts';
import { type GroupTag, groupTags, outOfBandTags, repeatableGroups, textTags } from './ipp-tags.ts';

const int32 = fc.integer({ min: -0x80000000, max: 0x7fffffff });
const octet = (max: number, min = 0) => fc.integer({ min, max });
const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const name = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 20 });

const dateTime = fc.record({
  year: octet(0xffff),
  month: octet(12, 1),
  day: octet(31, 1),
  hour: octet(23),
  minute: octet(59),
  second: octet(60),
  decisecond: octet(9),
  utcOffsetMinutes: fc.integer({ min: -899, max: 899 }),
});

const simpleValue: fc.Arbitrary<IppValue> = fc.oneof(
  fc.constantFrom(...Object.keys(outOfBandTags)).map((tag) => ({ tag }) as IppValue),
  fc.record({ tag: fc.constantFrom('integer' as const, 'enum' as const), value: int32 }),
  fc.record({ tag: fc.constant('boolean' as const), value: fc.boolean() }),
  fc.record({ tag: fc.constant('octetString' as const), value: fc.uint8Array({ maxLength: 40 }) }),
  fc.record({ tag: fc.constant('dateTime' as const), value: dateTime }),
  fc.record({
    tag: fc.constant('resolution' as const),
    value: fc.record({ crossFeed: int32, feed: int32, unit: fc.constantFrom('dpi' as const, 'dpcm' as const) }),
  }),
  fc.record({ tag: fc.constant('rangeOfInteger' as const), value: fc.tuple(int32, int32) }),
  fc.record({
    tag: fc.constantFrom('textWithLanguage' as const, 'nameWithLanguage' as const),
    value: fc.record({ language: text, text }),
  }),
  fc
    .tuple(fc.constantFrom(...Object.keys(textTags)), text)
    .map(([tag, value]) => ({ tag, value }) as unknown as IppValue),
);

const { attributes } = fc.letrec<{ value: IppValue; attributes: IppAttribute[] }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthIdentifier: 'collection' },
    simpleValue,
    fc.record({ tag: fc.constant('collection' as const), value: tie('attributes') }),
  ),
  attributes: fc.uniqueArray(fc.record({ name, values: fc.array(tie('value'), { minLength: 1, maxLength: 3 }) }), {
    selector: (one) => one.name,
    maxLength: 4,
    depthIdentifier: 'collection',
  }),
}));

const message: fc.Arbitrary<IppMessage> = fc.record({
  version: fc.tuple(octet(255), octet(255)),
  code: octet(0xffff),
  requestId: int32,
  groups: fc.uniqueArray(fc.record({ tag: fc.constantFrom(...(Object.keys(groupTags) as GroupTag[])), attributes }), {
    selector: (group) => (repeatableGroups.has(group.tag) ? group : group.tag),
    maxLength: 4,
  }),
  data: fc.uint8Array({ maxLength: 40 }),
});

const plain = (value: unknown) => JSON.parse(JSON.stringify(value, (_, v) => (v instanceof Uint8Array ? [...v] : v)));

describe('codec', () => {
  test('reads back whatever it wrote', () => {
    fc.assert(
      fc.property(message, (written) => {
        assert.deepEqual(plain(decodeIpp(encodeIpp(written))), plain(written));
      }),
      { numRuns: 300 },
    );
  });

  test('answers every truncation with a coded error', () => {
    fc.assert(
      fc.property(message, fc.nat(), (written, n) => {
        const bytes = encodeIpp({ ...written, data: new Uint8Array() });
        const error = faultOf(bytes.subarray(0, n % bytes.length));
        assert.ok(error === 'truncated' || error === 'no-end-of-attributes', error);
      }),
      { numRuns: 300 },
    );
  });

  test('answers changed and arbitrary bytes with a message or a coded error, nothing else', () => {
    const spoilt = fc
      .tuple(message, fc.array(fc.tuple(fc.nat(), octet(255)), { minLength: 1, maxLength: 5 }))
      .map(([written, changes]) => {
        const bytes = encodeIpp(written);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(spoilt, fc.uint8Array({ maxLength: 200 })), (bytes) => void faultOf(bytes)),
      { numRuns: 600 },
    );
  });

  const yes = { tag: 'boolean', value: true } as const;
  const empty: IppMessage = { version: [1, 1], code: 0, requestId: 1, groups: [], data: new Uint8Array() };
  const head = [1, 1, 0, 0x0b, 0, 0, 0, 1];
  const field = (tag: number, word: string, ...body: number[]) => [
    tag,
    0,
    word.length,
    ...Buffer.from(word),
    0,
    body.length,
    ...body,
  ];
  const member = (word: string) => [...field(0x4a, '', ...Buffer.from(word)), ...field(0x22, '', 1)];
  const broken: readonly [IppFormatFault, readonly number[]][] = [
    ['truncated', head.slice(0, 5)],
    ['no-end-of-attributes', head],
    ['unknown-group', [...head, 0x0b, 3]],
    ['unknown-group', [...head, 0x00, 3]],
    ['duplicate-group', [...head, 1, 1, 3]],
    ['duplicate-group', [...head, 4, 4, 3]],
    ['attribute-outside-group', [...head, ...field(0x44, 'a'), 3]],
    ['duplicate-attribute', [...head, 1, ...field(0x44, 'a'), ...field(0x44, 'a'), 3]],
    ['value-without-attribute', [...head, 1, ...field(0x44, ''), 3]],
    ['unknown-value-tag', [...head, 1, ...field(0x7f, 'a'), 3]],
    ['bad-length', [...head, 1, ...field(0x21, 'a', 1, 2), 3]],
    ['bad-length', [...head, 1, 0x44, 0xff, 0xff, 3]],
    ['bad-length', [...head, 1, ...field(0x35, 'a', 0, 0, 0, 0, 9), 3]],
    ['bad-text', [...head, 1, ...field(0x42, 'a', 0xff), 3]],
    ['bad-value', [...head, 1, ...field(0x22, 'a', 2), 3]],
    ['bad-value', [...head, 1, ...field(0x32, 'a', 0, 0, 0, 1, 0, 0, 0, 1, 5), 3]],
    ['bad-value', [...head, 1, ...field(0x31, 'a', 7, 0xe8, 13, 1, 0, 0, 0, 0, 0x2b, 0, 0), 3]],
    ['bad-collection', [...head, 1, ...field(0x34, 'a'), ...field(0x21, '', 0, 0, 0, 1), ...field(0x37, ''), 3]],
    ['bad-collection', [...head, 1, ...field(0x34, 'a'), ...field(0x4a, '', 0x62), ...field(0x37, ''), 3]],
    ['duplicate-attribute', [...head, 1, ...field(0x34, 'a'), ...member('b'), ...member('b'), ...field(0x37, ''), 3]],
    ['too-deep', [...head, 1, ...nested(9), 3]],
  ];
  function nested(depth: number): number[] {
    const inside = depth === 1 ? [] : [...field(0x4a, '', 0x6d), ...nested(depth - 1)];
    return [...field(0x34, depth === 9 ? 'a' : ''), ...inside, ...field(0x37, '')];
  }

  test.each(broken)('%s', (code, bytes) => {
    assert.equal(faultOf(Uint8Array.from(bytes)), code);
  });

  test('a collection of very many members takes its bytes in one pass', () => {
    const members = Array.from({ length: 40_000 }, (_, i): IppAttribute => ({ name: `m${i}`, values: [yes] }));
    const attribute = { name: 'a', values: [{ tag: 'collection', value: members }] } as const;
    const written = { ...empty, groups: [{ tag: 'printer', attributes: [attribute] }] } as const;
    assert.equal(faultOf(encodeIpp(written)), undefined);
  }, 5_000);

  test('groups of jobs repeat, as Get-Jobs needs it', () => {
    assert.equal(decodeIpp(Uint8Array.from([...head, 1, 2, 2, 3])).groups.length, 3);
  });

  test('tells an instant by the clock of UTC', () => {
    const written = toIppDateTime(new Date('2026-04-01T23:59:58.765Z'));
    assert.deepEqual(Object.values(written), [2026, 4, 1, 23, 59, 58, 7, 0]);
  });
});

function faultOf(bytes: Uint8Array): IppFormatFault | undefined {
  try {
    decodeIpp(bytes);
    return undefined;
  } catch (error) {
    if (error instanceof IppFormatError) return error.code;
    throw error;
  }
}
