import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkAgainstBinding } from './check-against-binding.ts';
import { namesOn } from './names-on.ts';
import type { PdfReading } from './page-reading.ts';
import { createPdfReader } from './pdf-reader.ts';
import { type TinyPage, tinyPdf } from './testing/tiny-pdf.ts';
import { lettersOf } from './text.ts';

const reader = createPdfReader({ workers: 1 });
afterAll(() => reader.close());

const REFERENCE = '0f1e2d3c4b5a6978';
const nameRef = (name: string) => createHmac('sha256', 'order key').update(name).digest('hex');
const sheet = (name: string, number: number, grey = 0): TinyPage => ({
  texts: [
    { text: name, xMm: 21, yMm: 36, pt: 12, grey },
    { text: `${REFERENCE} ${number} / 2`, xMm: 120, yMm: 291, pt: 8 },
  ],
});
const read = (...pages: TinyPage[]) => reader.read(tinyPdf(pages));

let sound: PdfReading;
let record: Parameters<typeof checkAgainstBinding>[1];
beforeAll(async () => {
  sound = await read(sheet('TARO UMI', 1), sheet('HANA UMI', 2));
  const names = ['TARO UMI', 'HANA UMI'];
  record = {
    orderReference: REFERENCE,
    pages: sound.pages.map(({ number, digest }) => ({ page: number, of: 2, digest })),
    nameBoxes: names.map((name, i) => ({
      page: i + 1,
      xMm: 20,
      yMm: 30,
      wMm: 80,
      hMm: 8,
      nameRef: nameRef(lettersOf(name)),
    })),
  };
});
const codes = (reading: PdfReading, changes: Partial<typeof record> = {}) =>
  checkAgainstBinding(reading, { ...record, ...changes }, { nameRef }).map((finding) => finding.code);

test('finds nothing when document and record belong together', () => {
  expect(codes(sound)).toEqual([]);
});

test('finds a page whose picture is another, and names whose', async () => {
  expect(codes(await read(sheet('JIRO UMI', 1), sheet('HANA UMI', 2)))).toEqual(['page-digest', 'name-differs']);
});

test('finds swapped, dropped and added pages', async () => {
  expect(codes(await read(sheet('HANA UMI', 2), sheet('TARO UMI', 1)))).toContain('page-number');
  expect(codes(await read(sheet('TARO UMI', 1)))).toEqual(['page-count', 'name-differs']);
  expect(codes(await read(sheet('TARO UMI', 1), sheet('HANA UMI', 2), {}))).toEqual(['page-count']);
});

test('finds the record of another order', () => {
  const found = codes(sound, { orderReference: 'ffffffffffffffff' });
  expect(found).toEqual(['order-reference', 'order-reference']);
});

test('finds a record whose pages are numbered wrongly', () => {
  const pages = record.pages.map((page) => ({ ...page, of: 3 }));
  expect(codes(sound, { pages })).toEqual(['page-number', 'page-number']);
});

test('finds a name that another name was hashed for, and one that is not drawn', async () => {
  const nameBoxes = record.nameBoxes.map((box) => ({ ...box, nameRef: nameRef('JIRO') }));
  expect(codes(sound, { nameBoxes })).toEqual(['name-differs', 'name-differs']);
  expect(codes(await read(sheet('TARO UMI', 1, 1), sheet('HANA UMI', 2)))).toContain('ink-missing');
});

test('finds a box where no name stands', () => {
  const nameBoxes = record.nameBoxes.map((box) => ({ ...box, yMm: 100, nameRef: nameRef('') }));
  expect(codes(sound, { nameBoxes })).toEqual(['ink-missing', 'ink-missing']);
});

test('reads the names back for the kiosk, empty where there is no such page', () => {
  const places = [...record.nameBoxes, { page: 9, xMm: 0, yMm: 0, wMm: 210, hMm: 297 }];
  expect(namesOn(sound, places)).toEqual(['TAROUMI', 'HANAUMI', '']);
});
