import {
  madePackedPdf,
  madePdf,
  onePagePdf,
  pdfStream,
  richObjects,
  richPackedPdf,
  richPdf,
  richWith,
} from '@machikado/testkit';
import { describe, expect, test } from 'vitest';
import { takeIn } from './take-in.ts';

const textOf = (pdf: Uint8Array) => Buffer.from(pdf).toString('latin1');
const page = (entries: string) =>
  madePdf(richWith({ 3: `<< /Type /Page /Parent 2 0 R /Contents 4 0 R ${entries} >>` }));
const isOpaque = (operators: string, resources = '') =>
  takeIn(onePagePdf(operators, { resources })).pages[0]?.opaqueBackground;

describe('a clean document', () => {
  test('has each page as one form, drawn at identity', () => {
    const clean = takeIn(richPdf());
    expect(clean.pages.map(({ widthPt, heightPt }) => [widthPt, heightPt])).toEqual([
      [595.28, 841.89],
      [595.28, 841.89],
    ]);
    const text = textOf(clean.toPdf());
    expect(text.match(/\/P Do/g)).toHaveLength(2);
    expect(text).toContain('/Subtype /Form /BBox [0 0 595.28 841.89]');
  });

  test('is the same for the same document, however its maker has packed it', () => {
    expect(takeIn(richPdf()).toPdf()).toEqual(takeIn(richPdf()).toPdf());
    expect(takeIn(richPackedPdf()).toPdf()).toEqual(takeIn(richPdf()).toPdf());
  });

  test('is the same when the table hides objects from old readers', () => {
    const { 15: axial, 16: radial, ...shown } = richObjects as Record<number, string>;
    const packed = `${axial}\n${radial}`;
    const head = `15 0 16 ${axial?.length} `;
    const objects = { ...shown, 50: pdfStream(`/Type /ObjStm /N 2 /First ${head.length}`, head + packed) };
    const rows = Buffer.of(2, 50, 0, 2, 50, 1);
    const hidden = { ...objects, 51: pdfStream('/Type /XRef /Size 52 /W [1 1 1] /Index [15 2]', rows) };
    const at = madePdf(hidden).indexOf('\n51 0 obj') + 1;
    expect(takeIn(madePdf(hidden, { trailer: `/XRefStm ${at}` })).toPdf()).toEqual(takeIn(richPdf()).toPdf());
    expect(() => takeIn(madePdf(hidden))).toThrow(/^BROKEN/);
  });

  test('is taken in again to the byte', () => {
    const once = takeIn(richPdf()).toPdf();
    expect(takeIn(once).toPdf()).toEqual(once);
  });

  test('carries only what the pages use, and no word about the document', () => {
    const catalog = [
      '/Type /Catalog /Pages 2 0 R /Lang (ja) /Metadata 40 0 R /Outlines << /Count 0 >> /PageLabels << /Nums [] >>',
      '/StructTreeRoot << /Type /StructTreeRoot >> /OpenAction [3 0 R /Fit] /ViewerPreferences << >>',
    ].join(' ');
    const told = madePdf(
      richWith({ 1: `<< ${catalog} >>`, 40: pdfStream('/Type /Metadata /Subtype /XML', '<x/>'), 41: '(unused)' }),
      { trailer: '/Info << /Author (somebody) >> /ID [<01> <02>]' },
    );
    expect(takeIn(told).toPdf()).toEqual(takeIn(richPdf()).toPdf());
  });

  test('is copied into another document under the numbers that it gives', () => {
    const written = new Map<number, string>();
    let last = 100;
    const keep = (number: number, body: string | Uint8Array) => {
      written.set(number, String(body));
      return number;
    };
    const forms = takeIn(richPdf()).copyInto({
      reserve: () => ++last,
      object: (body, number = 0) => keep(number, body),
      stream: (entries, _, number = 0) => keep(number, entries),
    });
    expect(forms).toHaveLength(2);
    for (const form of forms) expect(written.get(form)).toContain('/Subtype /Form');
    const named = [...written.values()].flatMap((body) => [...body.matchAll(/(\d+) 0 R/g)].map(([, n]) => Number(n)));
    expect(named.filter((number) => !written.has(number))).toEqual([]);
  });

  test('has a page once although the file was changed afterwards, and the newest of it', () => {
    const old = richPdf();
    const start = /startxref\n(\d+)/.exec(old.toString('latin1'))?.[1];
    const object = `4 0 obj\n${pdfStream('', '0.25 g 0 0 9 9 re f')}\nendobj\n`;
    const row = `${String(old.length).padStart(10, '0')} 00000 n \n`;
    const table = `xref\n4 1\n${row}trailer\n<< /Size 33 /Root 1 0 R /Prev ${start} >>\n`;
    const changed = `${object}${table}startxref\n${old.length + object.length}\n%%EOF\n`;
    const clean = textOf(takeIn(Buffer.concat([old, Buffer.from(changed, 'latin1')])).toPdf());
    expect(clean).toContain('0.25 g 0 0 9 9 re f');
    expect(clean).not.toContain('/Colours Do');
  });
});

describe('a page', () => {
  test.each([
    ['as it lies', '', '', [595.28, 841.89]],
    ['turned right', '/Rotate 90', '/Matrix [0 -1 1 0 0 595.28]', [841.89, 595.28]],
    ['turned over', '/Rotate 180', '/Matrix [-1 0 0 -1 595.28 841.89]', [595.28, 841.89]],
    ['turned left', '/Rotate -90', '/Matrix [0 1 -1 0 841.89 0]', [841.89, 595.28]],
    ['cropped', '/CropBox [100 200 500 700]', '/Matrix [1 0 0 1 -100 -200]', [400, 500]],
  ])('%s stands upright in the corner of the sheet', (_, entries, matrix, size) => {
    const clean = takeIn(page(entries));
    expect([clean.pages[0]?.widthPt, clean.pages[0]?.heightPt]).toEqual(size);
    expect(textOf(clean.toPdf())).toContain(matrix);
  });

  test('cut into several streams is one content', () => {
    expect(textOf(takeIn(madePackedPdf(richObjects)).toPdf()).match(/\/Subtype \/Form /g)).toHaveLength(5);
  });
});

describe('an opaque background is told', () => {
  const half = '/ExtGState << /Half << /ca 0.5 >> >>';
  test.each([
    ['a white page', '1 1 1 rg 0 0 595 842 re f'],
    ['a page painted through a clip as large as the page', 'q 0 0 595 842 re W n 1 g -5 -5 700 900 re f Q'],
    ['a page painted in pixels', '.24 0 0 -.24 0 842 cm 1 g 0 0 2480 3509 re f'],
    ['a page painted with a line round it', '1 g 0 0 m 595 0 l 595 842 l 0 842 l h f'],
    ['a page painted after a small thing', '0 g 10 10 5 5 re f 1 g 0 0 595 842 re f'],
  ])('%s', (_, operators) => {
    expect(isOpaque(operators)).toBe(true);
  });

  test.each([
    ['nothing', ''],
    ['half of the page', '1 g 0 0 595 400 re f'],
    ['a frame', '0 0 595 842 re S'],
    ['a page cut to a corner', '0 0 99 99 re W n 1 g 0 0 595 842 re f'],
    ['a page that shines through', '/Half gs 1 g 0 0 595 842 re f', half],
    ['a triangle', '1 g 0 0 m 595 0 l 595 842 l f'],
    ['a page on edge', '0.7 0.7 -0.7 0.7 0 0 cm 1 g 0 0 595 842 re f'],
  ])('not for %s', (_, operators, resources = '') => {
    expect(isOpaque(operators, resources)).toBe(false);
  });

  test('also when it stands in a form, or is a picture', () => {
    const [first, second] = takeIn(richPdf()).pages;
    expect([first?.opaqueBackground, second?.opaqueBackground]).toEqual([false, true]);
    const again = takeIn(takeIn(richPdf()).toPdf()).pages;
    expect(again.map(({ opaqueBackground }) => opaqueBackground)).toEqual([false, true]);
    expect(takeIn(madePdf(richWith({ 4: pdfStream('', '596 0 0 842 0 0 cm /Palette Do') }))).pages[0]).toMatchObject({
      opaqueBackground: true,
    });
  });
});
