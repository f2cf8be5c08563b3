import { createPdfReader, inspectCertificate, lettersOf, namesOn, textIn } from '@machikado/inspection';
import { afterAll, describe, expect, test } from 'vitest';
import type { CertificateContent } from '../../../ports.ts';
import { expectationOf } from '../../expectation-of.ts';
import { formOn } from '../../form-contract.ts';
import { typesetFaulty } from '../../testing/faulty-form.ts';
import { cases } from '../../testing/gallery/koseki-address-history.ts';
import { typesetCertificate } from '../../typeset-certificate.ts';
import { createTypesetter } from '../../typesetter.ts';

const formVersion = formOn('koseki-address-history', '2026-11-22');
const typesetter = createTypesetter({ workers: 1 });
const reader = createPdfReader({ workers: 1 });
afterAll(() => Promise.all([typesetter.close(), reader.close()]));

const contentOf = (edge: string) =>
  cases.find(({ name }) => name === `koseki-address-history-${edge}`)?.content as CertificateContent;
const members = (content: CertificateContent) => content.record.addressHistory?.members ?? [];
const withMembers = (content: CertificateContent, changed: ReturnType<typeof members>): CertificateContent => ({
  ...content,
  record: {
    ...content.record,
    addressHistory: { ...(content.record.addressHistory as never as object), members: changed } as never,
  },
});
async function found(drawn: CertificateContent, wanted = drawn): Promise<string[]> {
  const { pdf, moved } = await typesetCertificate(drawn, typesetter);
  const findings = inspectCertificate(await reader.read(pdf), expectationOf(wanted, formVersion, moved));
  return findings.map(({ code, where }) => (where ? `${code} ${where}` : code));
}
async function sheetsOf(content: CertificateContent): Promise<string[]> {
  const { pages } = await reader.read((await typesetCertificate(content, typesetter)).pdf);
  return pages.map((page) => lettersOf(textIn(page, { xMm: 0, yMm: 0, wMm: 210, hMm: 297 })));
}

test.each(cases)('sound: $shows', async ({ content }) => {
  const { pdf, moved, nameBoxes } = await typesetCertificate(content, typesetter);
  const reading = await reader.read(pdf);
  expect(inspectCertificate(reading, expectationOf(content, formVersion, moved))).toEqual([]);
  expect(namesOn(reading, nameBoxes)).toEqual(nameBoxes.map(({ name }) => lettersOf(name)));
  expect(nameBoxes.map(({ name }) => name)).toEqual(content.persons.map(({ name }) => name));
});

test('本籍, 筆頭者 and 在外選挙人 stand on it for whoever asks; 生年月日 and 性別 always', async () => {
  const [plain = ''] = await sheetsOf({ ...contentOf('all'), items: [] });
  expect(plain).toContain('本籍省略筆頭者氏名省略');
  expect(plain).toContain('名簿登録市区町村名省略');
  expect(plain).toContain('生年月日昭和60年3月5日');
  expect(plain).toContain('性別男');
  const [asked = ''] = await sheetsOf(contentOf('all'));
  expect(asked).toContain('本籍架空県夕凪市浜風二丁目１番筆頭者氏名夕凪一郎');
  expect(asked).toContain('名簿登録市区町村名架空県夕凪市');
});

test('a list that goes on says whose it is, every sheet is certified, and no name stands alone at the foot', async () => {
  const sheets = await sheetsOf(contentOf('sixty-moves'));
  expect(sheets).toHaveLength(3);
  expect(sheets[1]).toContain('（1）続き');
  for (const sheet of sheets) expect(sheet).toContain('戸籍の附票の全部の原本と相違ないことを証明する。');
  expect(sheets[2]).toContain('（2）記録されている者氏名夕凪葛\u{E0100}子生年月日');
});

describe('a fault on the way to the paper is found', () => {
  const order = contentOf('removed');
  const first = members(order)[0] as ReturnType<typeof members>[number];

  test('two addresses in each other’s place', async () => {
    const swapped = { ...first, addresses: [...first.addresses].reverse() };
    expect(await found(withMembers(order, [swapped, ...members(order).slice(1)]), order)).toEqual([
      'text-differs row 4 label',
      'text-differs row 4',
      'text-differs row 5 label',
      'text-differs row 5',
    ]);
  });

  test('除籍 left out, and 除籍 beside somebody who is in the 戸籍', async () => {
    const kept = members(order).map((member) => ({ ...member, status: 'recorded' as const }));
    expect(await found(withMembers(order, kept), order)).toEqual(['text-differs row 21 mark']);
    expect(await found(order, withMembers(order, kept))).toContain('text-differs row 21 group');
  });

  test('a person too many', async () => {
    expect(await found(order, { ...order, persons: order.persons.slice(0, 3) })).toContain('text-differs unused');
  });

  test('全部 where only some of it stands', async () => {
    expect(await found(order, { ...order, scope: 'part' })).toEqual(['text-differs certification']);
  });

  test('the second sheet twice', async () => {
    const many = contentOf('sixty-moves');
    const pdf = typesetFaulty(many, formVersion, [
      'for (index, sheet) in data.sheets.enumerate() {',
      'for (index, sheet) in (0, 1, 1).map(n => data.sheets.at(n)).enumerate() {',
    ]);
    const findings = inspectCertificate(await reader.read(pdf), expectationOf(many, formVersion));
    expect(new Set(findings.map(({ page }) => page))).toEqual(new Set([3]));
  });
});
