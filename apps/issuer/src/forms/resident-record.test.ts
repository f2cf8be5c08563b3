import { createPdfReader, inspectCertificate, lettersOf, namesOn } from '@machikado/inspection';
import type { RegistryPerson, RegistryRecord } from '@machikado/protocol';
import { afterAll, describe, expect, test } from 'vitest';
import type { CertificateContent } from '../ports.ts';
import { expectationOf } from './expectation-of.ts';
import { formOn } from './form-contract.ts';
import { typesetFaulty } from './testing/faulty-form.ts';
import { foreigner, household, orderFor, person } from './testing/records.ts';
import { typesetCertificate } from './typeset-certificate.ts';
import { createTypesetter } from './typesetter.ts';

const formVersion = formOn('resident-record', '2026-11-22');
const typesetter = createTypesetter({ workers: 1 });
const reader = createPdfReader({ workers: 1 });
afterAll(() => Promise.all([typesetter.close(), reader.close()]));

const typeset = (order: CertificateContent) => typesetCertificate(order, typesetter);

async function findingsOn(pdf: Uint8Array, order: CertificateContent) {
  return inspectCertificate(await reader.read(pdf), expectationOf(order, formVersion));
}
const codesOn = async (pdf: Uint8Array, order: CertificateContent) =>
  [...new Set((await findingsOn(pdf, order)).map((finding) => finding.code))].sort();

const long = '寿限無寿限無五劫の擦り切れ海砂利水魚の水行末雲来末風来末食う寝る処に住む処藪ら柑子の藪柑子';
const longTexts = household(
  [
    person(1, {
      name: long.slice(0, 40),
      nameKana: 'ジュゲムジュゲムゴコウノスリキレカイジャリスイギョノスイギョウ',
      formerName: long.slice(0, 33),
      previousAddress: `架空県霧笛町${long}${long}港一丁目２番３号`,
      registeredDomicile: { address: `架空県夕凪市${long}一番`, head: long },
    }),
    foreigner(2, {
      name: 'WOLFESCHLEGELSTEINHAUSENBERGERDORFF HUBERT BLAINE ADOLPH CHARLES DAVID EARL FREDERICK GERALD IRVIN',
      relationship: '妻の連れ子の夫の同居人（未届）',
      commonName: long.slice(0, 34),
    }),
  ],
  `架空県夕凪市浜風二丁目１番地５　${long}汐見ハイツ３０５号${long}${long}`,
);
const bare = person(1, {
  nameKana: null,
  birth: { year: 1960, month: null, day: null },
  sex: 'unspecified',
  becameResidentOn: null,
  addressSince: { year: 2019, month: 4, day: null },
  notifiedOn: null,
  previousAddress: null,
  registeredDomicile: null,
});
const stateless = foreigner(1, {
  commonName: null,
  foreign: {
    nationality: '無国籍',
    category: '特別永住者',
    residenceStatus: null,
    periodOfStay: null,
    periodEndsOn: null,
    cardNumber: null,
  },
});
const many = (count: number): RegistryPerson[] =>
  Array.from({ length: count }, (_, i) => person(i + 1, { name: `夕凪　${'一二三四五六七八九十百千'[i]}郎` }));

describe('the honest sheet of every shape passes the inspection', () => {
  test.each<[string, RegistryRecord, Parameters<typeof orderFor>[1]]>([
    ['one person', household([person(1)]), {}],
    ['four persons fill a sheet', household(many(4)), {}],
    ['five need a second one', household(many(5)), {}],
    ['twelve need three', household(many(12)), {}],
    ['a family with rare letters and a foreign resident', household(), {}],
    ['all items left out', household(), { items: [] }],
    ['relationship alone', household(), { items: ['relationship'] }],
    ['registered domicile alone', household(), { items: ['registered-domicile'] }],
    ['the applicant alone', household(), { scope: 'self', residentIds: ['R3'] }],
    ['some of the household, asked for in another order', household(), { scope: 'part', residentIds: ['R4', 'R2'] }],
    ['unknown dates and empty cells', household([bare]), {}],
    ['a foreign resident with hardly any items', household([stateless]), {}],
    ['long texts', longTexts, {}],
  ])('%s', async (_, record, changes) => {
    const order = orderFor(record, changes);
    const { pdf, nameBoxes } = await typeset(order);
    const reading = await reader.read(pdf);
    expect(inspectCertificate(reading, expectationOf(order, formVersion))).toEqual([]);
    expect(reading.pages).toHaveLength(Math.ceil(order.persons.length / 4));
    expect(namesOn(reading, nameBoxes)).toEqual(nameBoxes.map(({ name }) => lettersOf(name)));
    expect(new Set(nameBoxes.map(({ name }) => name))).toEqual(new Set(order.persons.map((person) => person.name)));
  });
});

test('letters come back code point by code point: 𠮷, 神 (U+FA19), 葛 and 辻 with their selectors', async () => {
  const names = ['𠮷野　髙﨑', '神\uFA19', '葛\u{E0100}西　辻\u{E0100}', 'か\u3099き'];
  const order = orderFor(household(names.map((name, i) => person(i + 1, { name }))));
  const { pdf, nameBoxes } = await typeset(order);
  expect(namesOn(await reader.read(pdf), nameBoxes)).toEqual(names.map(lettersOf));
});

test('equal data gives equal bytes, also from another process', async () => {
  const order = orderFor(household());
  const other = createTypesetter({ workers: 1 });
  try {
    const [a, b] = [await typeset(order), await typesetCertificate(order, other)];
    expect(Buffer.from(a.pdf).equals(b.pdf)).toBe(true);
  } finally {
    await other.close();
  }
});

test('data is never read as markup', async () => {
  const name = '#panic() $x$ *太* _郎_ \\n <a> @b [c] "d" // e';
  const order = orderFor(household([person(1, { name })]));
  expect(await findingsOn((await typeset(order)).pdf, order)).toEqual([]);
});

describe('what does not fit its cell goes on to the 続紙, whole', () => {
  test.each([
    ['name', { name: '長'.repeat(200) }],
    ['name', { name: 'W'.repeat(200) }],
    ['nameKana', { nameKana: 'ナ'.repeat(100) }],
    ['previousAddress', { previousAddress: '所'.repeat(400) }],
    ['relationship', { relationship: '続'.repeat(40) }],
    ['domicile', { registeredDomicile: { address: '籍'.repeat(400), head: '夕凪　一郎' } }],
  ])('%s', async (cell, changes) => {
    const order = orderFor(household([person(1, changes)]));
    const { pdf, moved, nameBoxes } = await typeset(order);
    expect(moved).toEqual([`block 0 ${cell}`]);
    const reading = await reader.read(pdf);
    expect(inspectCertificate(reading, expectationOf(order, formVersion, moved))).toEqual([]);
    expect(namesOn(reading, nameBoxes)).toEqual(order.persons.map(({ name }) => lettersOf(name)));
    expect(reading.pages).toHaveLength(2);
  });

  test('several texts of several persons, each under its own number', async () => {
    const order = orderFor(
      household(
        many(5).map((one) => ({ ...one, name: one.name + '長'.repeat(130) })),
        '住'.repeat(390),
      ),
    );
    const { pdf, moved, nameBoxes } = await typeset(order);
    expect(moved).toEqual(['sheet address', ...[0, 1, 2, 3, 4].map((n) => `block ${n} name`)]);
    const reading = await reader.read(pdf);
    expect(inspectCertificate(reading, expectationOf(order, formVersion, moved))).toEqual([]);
    expect(namesOn(reading, nameBoxes)).toEqual(order.persons.map(({ name }) => lettersOf(name)));
  });

  test('a text that went there is missed where it is not expected', async () => {
    const order = orderFor(household([person(1, { name: '長'.repeat(200) })]));
    const { pdf } = await typeset(order);
    expect(await codesOn(pdf, order)).toContain('page-count');
  });
});

describe('a fault on the way to the paper is found', () => {
  const order = orderFor(household());
  const honest = order.record.members;
  const faulty = (...fault: (readonly [string, string])[]) => typesetFaulty(order, formVersion, ...fault);
  const withMember = (index: number, changes: Partial<RegistryPerson>): CertificateContent =>
    orderFor(household(honest.map((member, i) => (i === index ? { ...member, ...changes } : member))));

  test('none was put in: nothing is found', async () => {
    expect(await codesOn(faulty(), order)).toEqual([]);
  });

  test('pages swapped', async () => {
    const pdf = faulty(
      ['for (index, sheet) in data.sheets.enumerate() {', 'for (index, sheet) in data.sheets.enumerate().rev() {'],
      ['if index > 0 { pagebreak() }', 'if index == 0 { pagebreak() }'],
    );
    expect(await codesOn(pdf, order)).toEqual(['ink-excess', 'page-number', 'text-differs', 'text-unaccounted']);
  });

  test('a page missing', async () => {
    const pdf = faulty([
      'for (index, sheet) in data.sheets.enumerate() {',
      'for (index, sheet) in data.sheets.slice(0, 1).enumerate() {',
    ]);
    expect(await codesOn(pdf, order)).toEqual(['page-count']);
  });

  test('the second page of another household', async () => {
    const stranger = withMember(4, { name: '霧笛　次郎', nameKana: 'ムテキ　ジロウ' });
    expect(await findingsOn((await typeset(stranger)).pdf, order)).toEqual([
      { code: 'text-differs', page: 2, where: 'block 4 nameKana' },
      { code: 'text-differs', page: 2, where: 'block 4 name' },
    ]);
  });

  test('two persons in each other’s place', async () => {
    const swapped = household(honest.map((m) => ({ ...m, order: m.order === 1 ? 2 : m.order === 2 ? 1 : m.order })));
    expect(await codesOn((await typeset(orderFor(swapped))).pdf, order)).toEqual(['text-differs']);
  });

  test('one digit changed', async () => {
    const pdf = (await typeset(withMember(0, { birth: { year: 1985, month: 3, day: 6 } }))).pdf;
    expect(await findingsOn(pdf, order)).toEqual([{ code: 'text-differs', page: 1, where: 'block 0 birth' }]);
  });

  test('a letter without its variation selector', async () => {
    const pdf = (await typeset(withMember(1, { name: '夕凪　葛子' }))).pdf;
    expect(await findingsOn(pdf, order)).toEqual([{ code: 'text-differs', page: 1, where: 'block 1 name' }]);
  });

  test('names drawn in white', async () => {
    const pdf = faulty([
      'par(text(size: size, body))',
      'par(text(fill: if x == 43 and height == 8.6 { white } else { black }, size: size, body))',
    ]);
    expect(await codesOn(pdf, order)).toEqual(['ink-missing']);
  });

  test('a variant drawn as its base, though the text says the variant', async () => {
    const shapes = expectationOf(order, formVersion);
    const baseOnly = (letter: string) => shapes.outlineOf?.(letter === '葛' ? '葛\u{E0100}' : letter);
    const plain = withMember(1, { name: '夕凪　葛子' });
    const findings = inspectCertificate(await reader.read((await typeset(plain)).pdf), {
      ...expectationOf(plain, formVersion),
      outlineOf: baseOnly,
    });
    expect(findings).toEqual([{ code: 'shape-differs', page: 1 }]);
  });

  test('another letter drawn than the text says', async () => {
    const shapes = expectationOf(order, formVersion);
    const reading = await reader.read((await typeset(order)).pdf);
    const mistaken = (letter: string) => shapes.outlineOf?.(letter === '凪' ? '汐' : letter);
    expect(inspectCertificate(reading, { ...shapes, outlineOf: mistaken }).map(({ code }) => code)).toEqual([
      'shape-differs',
      'shape-differs',
    ]);
  });

  test('a picture of something else beside a name', async () => {
    const picture = 'at((80, 42, 20, 4), rect(width: 12mm, height: 4mm, stroke: 0.4pt))';
    const pdf = faulty([
      'strike-out-blocks(contract, sheet)\n})',
      `${picture}\n  strike-out-blocks(contract, sheet)\n})`,
    ]);
    expect(await findingsOn(pdf, order)).toContainEqual({ code: 'ink-excess', page: 1, where: 'block 0 name' });
  });

  test('one letter of one name covered', async () => {
    const pdf = faulty([
      'strike-out-blocks(contract, sheet)\n})',
      'at((49, 41, 4, 6), rect(width: 4mm, height: 6mm, fill: white))\n  strike-out-blocks(contract, sheet)\n})',
    ]);
    expect(await findingsOn(pdf, order)).toContainEqual({ code: 'ink-missing', page: 1, where: 'block 0 name' });
  });

  test('an item shown that nobody asked for', async () => {
    const modest = { ...order, items: [] };
    expect(await codesOn((await typeset(order)).pdf, modest)).toEqual(['text-differs']);
  });

  test('text that cannot be seen', async () => {
    const pdf = faulty([
      'strike-out-blocks(contract, sheet)\n})',
      'at((30, 283, 0, 0), text(size: 1pt, fill: white, "x"))\n  strike-out-blocks(contract, sheet)\n})',
    ]);
    expect(await codesOn(pdf, order)).toEqual(['text-unaccounted']);
  });

  test('another order reference', async () => {
    const pdf = (await typeset({ ...order, orderReference: 'ffffffffffffffff' })).pdf;
    expect(await codesOn(pdf, order)).toEqual(['order-reference']);
  });

  test('another issue number', async () => {
    const pdf = (await typeset({ ...order, issueNumber: 'ffffffffffffffff' })).pdf;
    expect((await findingsOn(pdf, order)).map(({ where }) => where)).toEqual(['issueNumber', 'issueNumber']);
  });

  test('no seal', async () => {
    const pdf = faulty(['at(seal, image', 'let _ = (seal, image']);
    expect(await codesOn(pdf, order)).toEqual(['seal-missing']);
  });

  test('yesterday’s mayor', async () => {
    const pdf = (await typeset({ ...order, mayor: { ...order.mayor, name: '前野　市長' } })).pdf;
    expect((await findingsOn(pdf, order)).map(({ where }) => where)).toEqual(['issuer', 'issuer']);
  });

  test('the rest of the sheet not struck out', async () => {
    const pdf = faulty(['  strike-out-blocks(contract, sheet)\n})', '})']);
    expect(await findingsOn(pdf, order)).toEqual([{ code: 'text-differs', page: 2, where: 'unused' }]);
  });

  test('whole household certified where only some of it stands', async () => {
    const part = { ...order, scope: 'part' as const };
    expect((await findingsOn((await typeset(order)).pdf, part)).map(({ where }) => where)).toEqual([
      'certification',
      'certification',
    ]);
  });
});
