import { afterAll, expect, test } from 'vitest';
import type { Expectation } from './expectation.ts';
import { findingMeanings } from './finding.ts';
import { inspectCertificate } from './inspect-certificate.ts';
import { createPdfReader } from './pdf-reader.ts';
import { type TinyPage, tinyPdf } from './testing/tiny-pdf.ts';

const reader = createPdfReader({ workers: 1 });
afterAll(() => reader.close());

const REFERENCE = '0f1e2d3c4b5a6978';
const nameBox = { xMm: 20, yMm: 30, wMm: 80, hMm: 8 };
const sealBox = { xMm: 160, yMm: 250, wMm: 20, hMm: 20 };

/** A certificate of two sheets with one name on each. */
const expected: Expectation = {
  orderReference: REFERENCE,
  pages: ['TARO UMI', 'HANA UMI'].map((text) => ({
    cells: [{ where: 'name', box: nameBox, text }],
    bare: [{ xMm: 0, yMm: 0, wMm: 210, hMm: 8 }],
    seal: sealBox,
  })),
};

/** Five beams across, from edge to edge. */
const seal = (sideMm = 20) =>
  Array.from({ length: 5 }, (_, i) => [160, 250 + (i * (sideMm - sideMm / 20)) / 4, sideMm, sideMm / 20] as const);

function sheet(name: string, number: number, changes: TinyPage = {}): TinyPage {
  return {
    texts: [
      { text: name, xMm: 21, yMm: 36, pt: 12 },
      { text: `${REFERENCE} ${number} / 2`, xMm: 120, yMm: 291, pt: 8 },
      ...(changes.texts ?? []),
    ],
    bars: [...seal(), ...(changes.bars ?? [])],
    ...(changes.widthMm ? { widthMm: changes.widthMm } : {}),
  };
}

const first = sheet('TARO UMI', 1);
const second = sheet('HANA UMI', 2);
const codes = async (pages: readonly TinyPage[]) =>
  inspectCertificate(await reader.read(tinyPdf(pages)), expected).map((finding) => finding.code);

test('finds nothing on a sound document', async () => {
  expect(await codes([first, second])).toEqual([]);
});

test('finds a missing page and a page too many', async () => {
  expect(await codes([first])).toEqual(['page-count']);
  expect(await codes([first, second, second])).toEqual(['page-count']);
});

test('finds swapped pages by number and by text', async () => {
  expect(new Set(await codes([second, first]))).toEqual(new Set(['page-number', 'text-differs']));
});

test('finds a page of another order', async () => {
  const strange = { ...first, texts: first.texts?.map((t) => ({ ...t, text: t.text.replace('0f1e', 'ffff') })) ?? [] };
  expect(await codes([strange, second])).toEqual(['order-reference']);
});

test('finds another person’s name', async () => {
  expect(await codes([sheet('JIRO UMI', 1), second])).toEqual(['text-differs']);
});

test('finds one wrong letter, and one that was added', async () => {
  expect(await codes([sheet('TARO UMl', 1), second])).toEqual(['text-differs']);
  expect(await codes([sheet('TARO UMIX', 1), second])).toEqual(['text-differs']);
});

test('finds text that stands outside of all cells, seen or unseen', async () => {
  const extra = { text: 'x', xMm: 100, yMm: 100 };
  expect(await codes([sheet('TARO UMI', 1, { texts: [extra] }), second])).toEqual(['text-unaccounted']);
  expect(await codes([sheet('TARO UMI', 1, { texts: [{ ...extra, grey: 1, pt: 1 }] }), second])).toEqual([
    'text-unaccounted',
  ]);
});

test('finds a name that is there as text only', async () => {
  const white = { ...first, texts: first.texts?.map((t, i) => (i === 0 ? { ...t, grey: 1 } : t)) ?? [] };
  expect(await codes([white, second])).toEqual(['ink-missing']);
});

test('finds a name under a black bar, and ink where the paper must be bare', async () => {
  expect(await codes([sheet('TARO UMI', 1, { bars: [[20, 30, 80, 8]] }), second])).toEqual(['ink-excess']);
  expect(await codes([sheet('TARO UMI', 1, { bars: [[5, 5, 60, 1]] }), second])).toEqual(['ink-excess']);
});

test('finds a seal that is missing, and a block in its place', async () => {
  expect(await codes([{ ...first, bars: [] }, second])).toEqual(['seal-missing']);
  expect(await codes([sheet('TARO UMI', 1, { bars: [[160, 250, 20, 20]] }), second])).toEqual(['seal-missing']);
});

test('finds a seal that is too small, and one of which a part is missing', async () => {
  expect(await codes([{ ...first, bars: seal(19) }, second])).toEqual(['seal-size']);
  expect(await codes([{ ...first, bars: seal().filter((_, i) => i !== 2) }, second])).toEqual(['seal-covered']);
});

test('finds a page of another size', async () => {
  expect(await codes([sheet('TARO UMI', 1, { widthMm: 216 }), second])).toContain('page-size');
});

test('says where, and never what stands there', async () => {
  const reading = await reader.read(tinyPdf([sheet('JIRO UMI', 1), second]));
  const findings = inspectCertificate(reading, expected);
  expect(findings).toEqual([{ code: 'text-differs', page: 1, where: 'name' }]);
  expect(findingMeanings).toHaveProperty(findings[0]?.code ?? '');
});
