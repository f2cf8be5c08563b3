/**
 * Fronts beside what was sealed on their backs: a taste of `npm run bench:forgeries`. The way over paper is short here (300 dpi, a degree askew,
 * a little out of focus); the simulator of the bench takes two seconds a sheet.
 */
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { compareFronts, openSheet, type Raster } from '@machikado/antiforgery';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { galleryCases } from '../apps/issuer/src/forms/testing/gallery/index.ts';
import { differenceOf } from '../bench/forgeries/difference-of.ts';
import { lettersOn, withLetter } from '../bench/forgeries/values.ts';
import { type Certificate, openWorkshop, type Workshop } from '../bench/forgeries/workshop.ts';
import { openingKeys } from '../bench/keys.ts';

const SCAN = { width: 2480, height: 3508 };
let workshop: Workshop;
let genuine: Certificate;

beforeAll(async () => {
  workshop = openWorkshop();
  const document = galleryCases.find(({ name }) => name === 'koseki-full-nine');
  if (!document) throw new Error('the gallery has lost a document');
  genuine = await workshop.issue(document);
});
afterAll(() => workshop?.close());

test.each([1, -1.2])('calls a genuine front the same, %d degrees askew', async (degrees) => {
  expect(await compare(genuine.clean, degrees)).toMatchObject({ verdict: 'same' });
});

test.each([
  ['三', '二'],
  ['２', '１'],
  ['目', '日'],
])('sees that %s became %s, and where', async (from, to) => {
  const place = lettersOn(genuine.job.data).find(({ letter, value }) => letter === from && value.path[1] === 0);
  if (!place) throw new Error('no such letter');
  const data = withLetter(genuine.job.data, place.value, place.at, to);
  const forged = await workshop.typeset({ ...genuine.job, data });
  if (!forged) throw new Error('it does not fit');
  const where = differenceOf(genuine.fronts[0] as Raster, forged.fronts[0]);
  const { verdict, differences } = await compare(forged.clean, 0.7);
  expect(verdict).toBe('differs');
  const middle = where && { x: where.xMm + where.wMm / 2, y: where.yMm + where.hMm / 2 };
  const marked = differences.some(
    ({ xMm, yMm, wMm, hMm }) =>
      middle &&
      Math.abs(middle.x - xMm - wMm / 2) < (wMm + where.wMm) / 2 &&
      Math.abs(middle.y - yMm - hMm / 2) < (hMm + where.hMm) / 2,
  );
  expect(marked).toBe(true);
});

/** The first page, treated, beside the first genuine back. */
async function compare(clean: Uint8Array, degrees: number) {
  const pdf = await workshop.print(clean, genuine.sheets, 'middle-gain');
  const [back] = genuine.sheets;
  const opened = openSheet({
    header: back?.header as Uint8Array,
    ciphertext: back?.ciphertext as Uint8Array,
    keys: openingKeys,
  });
  if ('refused' in opened) throw new Error(opened.refused);
  return compareFronts({ sealed: { ...opened.picture, dpi: opened.dpi }, front: await scan(pdf, degrees) });
}

async function scan(pdf: Uint8Array, degrees: number): Promise<Raster> {
  const document = await (await PDFiumLibrary.init()).loadDocument(pdf);
  const { data: drawn } = await document.getPage(0).render({ ...SCAN, colorSpace: 'Gray', render: 'bitmap' });
  document.destroy();
  const { data, info } = await sharp(drawn, { raw: { ...SCAN, channels: 1 } })
    .rotate(degrees, { background: '#404040' })
    .blur(0.6)
    .linear(0.8, 20)
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}
