import { createPdfReader, inspectCertificate, lettersOf, namesOn } from '@machikado/inspection';
import type { TaxLedger } from '@machikado/protocol';
import { afterAll, describe, expect, test } from 'vitest';
import type { CertificateContent } from '../../../ports.ts';
import { expectationOf } from '../../expectation-of.ts';
import { formOn } from '../../form-contract.ts';
import { typesetFaulty } from '../../testing/faulty-form.ts';
import { foreigner, person } from '../../testing/records.ts';
import {
  exempt,
  ledger,
  longest,
  noDeductions,
  type TaxKind,
  taxKinds,
  taxOrder,
  terms,
  wealthy,
} from '../../testing/tax-ledgers.ts';
import { typesetCertificate } from '../../typeset-certificate.ts';
import { createTypesetter } from '../../typesetter.ts';

const typesetter = createTypesetter({ workers: 1 });
const reader = createPdfReader({ workers: 1 });
afterAll(() => Promise.all([typesetter.close(), reader.close()]));

const usual = ledger(2026);
const versionOf = ({ kind, issuedOn }: CertificateContent) => formOn(kind, issuedOn);
const typeset = (order: CertificateContent) => typesetCertificate(order, typesetter);

async function findingsOn(pdf: Uint8Array, order: CertificateContent) {
  return inspectCertificate(await reader.read(pdf), expectationOf(order, versionOf(order)));
}
/** What the look finds when `printed` was typeset where `ordered` should have been. */
async function mistaken(printed: CertificateContent, ordered: CertificateContent) {
  return findingsOn((await typeset(printed)).pdf, ordered);
}
const where = (findings: Awaited<ReturnType<typeof findingsOn>>) => findings.map((finding) => finding.where);

async function textsOf(order: CertificateContent): Promise<string[]> {
  const reading = await reader.read((await typeset(order)).pdf);
  return reading.pages.map(({ glyphs }) => glyphs.map(({ text }) => text).join(''));
}

describe('the honest sheet passes the inspection and names its person', () => {
  const ledgers: readonly [string, TaxLedger][] = [
    ['usual', usual],
    ['exempt', exempt],
    ['amounts of eleven digits, and a loss', wealthy],
    ['neither deductions nor dependants', noDeductions],
    ['as much as a ledger can hold', longest],
  ];
  test.each(taxKinds.flatMap((kind) => ledgers.map(([name, tax]) => [kind, name, tax] as const)))(
    '%s: %s',
    async (kind, _, tax) => {
      const order = taxOrder(kind, tax);
      const { pdf, nameBoxes } = await typeset(order);
      const reading = await reader.read(pdf);
      expect(inspectCertificate(reading, expectationOf(order, versionOf(order)))).toEqual([]);
      expect(namesOn(reading, nameBoxes)).toEqual([lettersOf('夕凪　一郎')]);
    },
  );

  test.each(taxKinds)('%s of a foreign resident, born in the western calendar', async (kind) => {
    const order = taxOrder(kind, usual, { resident: foreigner(1) });
    expect(await mistaken(order, order)).toEqual([]);
    expect((await textsOf(order))[0]).toContain('1990年11月23日');
  });

  test.each(taxKinds)('%s of a person whose name goes on to the 続紙', async (kind) => {
    const order = taxOrder(kind, usual, { resident: person(1, { name: '長'.repeat(200) }) });
    const { pdf, moved, nameBoxes } = await typeset(order);
    expect(moved).toEqual(['sheet name']);
    const reading = await reader.read(pdf);
    expect(inspectCertificate(reading, expectationOf(order, versionOf(order), moved))).toEqual([]);
    expect(namesOn(reading, nameBoxes)).toEqual(['長'.repeat(200)]);
  });
});

describe('a kind shows what it certifies and no more', () => {
  const INCOME = '＊4,216,000円';
  const DEDUCTIONS = '＊2,074,900円';
  const BASE = '＊2,141,000円';
  const TAX = '＊214,800円';
  test.each<[TaxKind, readonly string[]]>([
    ['tax-income', [INCOME]],
    ['tax-assessment', [BASE, TAX]],
    ['tax-exemption', [TAX]],
    ['tax-income-assessment', [INCOME, DEDUCTIONS, BASE, TAX]],
    ['tax-payment', [TAX]],
  ])('%s', async (kind, shown) => {
    const [text = ''] = await textsOf(taxOrder(kind, usual));
    expect([INCOME, DEDUCTIONS, BASE, TAX].filter((amount) => text.includes(amount))).toEqual(shown);
    expect(text.includes('控除対象配偶者')).toBe(kind === 'tax-income-assessment');
  });
});

describe('年度 by the name that the form gives it', () => {
  test.each([
    [2018, '平成３０年度（平成２９年分の所得）'],
    [2019, '平成３１年度（平成３０年分の所得）'],
    [2020, '令和２年度（令和元年分の所得）'],
    [2026, '令和８年度（令和７年分の所得）'],
  ])('%i: %s', async (year, name) => {
    const order = taxOrder('tax-income', ledger(year));
    expect(await mistaken(order, order)).toEqual([]);
    expect((await textsOf(order))[0]).toContain(name);
  });
});

test('森林環境税 is a tax of 2024年度 and later', async () => {
  const [before = ''] = await textsOf(taxOrder('tax-payment', ledger(2023)));
  const [since = ''] = await textsOf(taxOrder('tax-payment', ledger(2024)));
  expect([before, since].map((text) => text.includes('森林環境税'))).toEqual([false, true]);
});

test('what is open is told from what is overdue by the last day of the term', async () => {
  const payments = terms(2026, [10_000, 20_000, 30_000, 40_000], 2);
  const onLastDay = taxOrder('tax-payment', ledger(2026, { payments }), { issuedOn: '2026-10-31' as never });
  const dayAfter = { ...onLastDay, issuedOn: '2026-11-01' as never };
  expect(where(await mistaken(onLastDay, dayAfter))).toEqual(['sheet notYetDue', 'issuedOn']);
  expect((await textsOf(onLastDay))[0]).toContain('＊70,000円');
});

test('what was paid too much pays for no other term', async () => {
  const [first, ...others] = terms(2026, [10_000, 20_000], 1);
  const payments = [{ ...first, paidYen: 99_000 } as TaxLedger['payments'][number], ...others];
  const order = taxOrder('tax-payment', ledger(2026, { payments }));
  expect(await mistaken(order, order)).toEqual([]);
  const [text = ''] = await textsOf(order);
  expect(text).toContain('＊99,000円');
  expect(text.match(/＊20,000円/g)).toHaveLength(3);
});

describe('a fault on the way to the paper is found', () => {
  const order = taxOrder('tax-income-assessment', usual);
  const of = (changes: Partial<TaxLedger>) => taxOrder('tax-income-assessment', ledger(2026, changes));
  const [wages, earned, rent] = usual.income as [Amount, Amount, Amount];
  type Amount = TaxLedger['income'][number];

  test('one digit', async () => {
    expect(await mistaken(of({ totalAssessedYen: 214_900 }), order)).toEqual([
      { code: 'text-differs', page: 1, where: 'row 20' },
    ]);
  });

  test('two rows in each other’s place', async () => {
    const swapped = of({ income: [earned, wages, rent] });
    expect(where(await mistaken(swapped, order))).toEqual(['row 0 label', 'row 0', 'row 1 label', 'row 1']);
  });

  test('two amounts in each other’s place', async () => {
    const swapped = of({ income: [{ ...wages, yen: earned.yen }, { ...earned, yen: wages.yen }, rent] });
    expect(where(await mistaken(swapped, order))).toEqual(['row 0', 'row 1']);
  });

  test('a row missing', async () => {
    const found = await mistaken(of({ income: [wages, earned] }), order);
    expect(found).toContainEqual({ code: 'text-differs', page: 1, where: 'row 2' });
    expect(found).toContainEqual({ code: 'text-differs', page: 1, where: 'row 20' });
  });

  test('a row of somebody else’s ledger', async () => {
    const [theirs] = wealthy.income as [Amount];
    expect(where(await mistaken(of({ income: [wages, earned, theirs] }), order))).toEqual(['row 2 label', 'row 2']);
  });

  test('somebody else’s name above the right figures', async () => {
    const stranger = taxOrder('tax-income-assessment', usual, { resident: person(1, { name: '霧笛　次郎' }) });
    expect(where(await mistaken(stranger, order))).toEqual(['sheet name']);
  });

  test('the other member of the household', async () => {
    const wife = { ...order, persons: order.record.members.slice(1) };
    expect(where(await mistaken(wife, order))).toEqual(['sheet name']);
  });

  test('page 2 of somebody else', async () => {
    const long = taxOrder('tax-income-assessment', longest);
    const deductions = longest.deductions.map((one, i) => (i === 20 ? { ...one, yen: one.yen + 1 } : one));
    const other = taxOrder('tax-income-assessment', { ...longest, deductions });
    const [found, ...more] = await mistaken(other, long);
    expect(found).toEqual({ code: 'text-differs', page: 2, where: 'row 51' });
    expect(more.map(({ page }) => page)).toEqual([3]);
  });

  test.each(taxKinds)('%s: the ledger of another 年度 than the one ordered', async (kind) => {
    const mixed = { ...taxOrder(kind, ledger(2025)), fiscalYear: 2026 };
    expect(where(await mistaken(mixed, mixed))).toEqual(['sheet fiscalYear']);
  });

  test('another 年度 on the paper', async () => {
    const found = where(await mistaken(taxOrder('tax-income-assessment', ledger(2025)), order));
    expect(found).toEqual(['sheet fiscalYear']);
  });

  test('課税額 and 納付済額 in each other’s column', async () => {
    const payment = taxOrder('tax-payment', usual);
    const pdf = typesetFaulty(payment, versionOf(payment), [
      'key, box, one.cells.at(key), pt, align-to, none',
      'key, box, one.cells.at((due: "paid", paid: "due").at(key, default: key)), pt, align-to, none',
    ]);
    expect(where(await findingsOn(pdf, payment))).toEqual(['block 3 due', 'block 3 paid']);
  });

  test('a digit written before an amount', async () => {
    const pdf = typesetFaulty(order, versionOf(order), [
      '  rows(contract.rows, sheet)',
      '  rows(contract.rows, sheet)\n  at((170, 181, 4, 4), text(size: 9pt, "9"))',
    ]);
    expect((await findingsOn(pdf, order)).map(({ code }) => code)).toContain('text-differs');
  });

  test.each(taxKinds)('%s: the sentence of another kind', async (kind) => {
    const one = taxOrder(kind, usual);
    const pdf = typesetFaulty(one, versionOf(one), [
      'write("certification", form.sentenceBox, data.certification, 10.5)',
      'write("certification", form.sentenceBox, "上記のとおり相違ないことを証明する。", 10.5)',
    ]);
    expect(await findingsOn(pdf, one)).toEqual([{ code: 'text-differs', page: 1, where: 'certification' }]);
  });

  test('the paper of another kind with the same figures', async () => {
    const found = where(await mistaken(taxOrder('tax-assessment', usual), taxOrder('tax-exemption', usual)));
    expect(found).toContain('title');
    expect(found).toContain('certification');
  });

  test('what the kind does not certify', async () => {
    const income = taxOrder('tax-income', usual);
    const pdf = typesetFaulty({ ...order, kind: 'tax-income-assessment' }, versionOf(income));
    expect(where(await findingsOn(pdf, income))).toContain('row 4');
  });
});
