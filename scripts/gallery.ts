/**
 * Draws every kind of certificate for all sorts of people into out/gallery: a PDF and pictures of its pages for each, contact sheets,
 * and index.html to leaf through. Each document goes through the inspection; a finding ends the run with 1.
 *
 *   npm run gallery [-- part of a name] [day of issue, as 2027-04-01: the forms in force on it]
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import type { CalendarDate } from '@machikado/domain';
import { createPdfReader, inspectCertificate } from '@machikado/inspection';
import { createTypesetter, expectationOf, typesetCertificate } from '../apps/issuer/src/forms/index.ts';
import { type GalleryCase, galleryCases } from '../apps/issuer/src/forms/testing/gallery/index.ts';
import { type Grey, greyPng } from '../apps/issuer/src/forms/testing/png.ts';
import { contactSheets, thumbnailOf } from './gallery/contact-sheets.ts';
import { type DrawnDocument, galleryPage } from './gallery/gallery-page.ts';

const out = new URL('../out/gallery/', import.meta.url);
const isDay = (text: string): text is CalendarDate => /^\d{4}-\d\d-\d\d$/.test(text);
const day = process.argv.slice(2).find(isDay);
const wanted = process.argv.slice(2).find((one) => !isDay(one)) ?? '';
const typesetter = createTypesetter({ workers: 1 });
const reader = createPdfReader({ workers: 1 });

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const drawn: DrawnDocument[] = [];
const thumbnails: Grey[] = [];
for (const one of galleryCases.filter(({ name }) => name.includes(wanted))) drawn.push(await draw(one));
await Promise.all([typesetter.close(), reader.close()]);

const sheets = contactSheets(thumbnails);
sheets.forEach((sheet, i) => {
  writeFileSync(new URL(`contact-sheet-${i + 1}.png`, out), greyPng(sheet));
});
writeFileSync(new URL('index.html', out), galleryPage(drawn, sheets.length));
const unsound = drawn.filter(({ findings }) => findings.length > 0);
for (const { name, findings } of unsound) console.error(`${name}: ${findings.join(', ')}`);
console.log(`${drawn.length} documents, ${thumbnails.length} pages in out/gallery/index.html`);
process.exitCode = unsound.length > 0 ? 1 : 0;

async function draw({ name, shows, content: usual }: GalleryCase): Promise<DrawnDocument> {
  const content = day ? { ...usual, issuedOn: day } : usual;
  const { pdf, form, moved } = await typesetCertificate(content, typesetter);
  writeFileSync(new URL(`${name}.pdf`, out), pdf);
  const reading = await reader.read(pdf);
  for (const { number, raster } of reading.pages) {
    writeFileSync(new URL(`${name}-${number}.png`, out), greyPng(raster));
    thumbnails.push(thumbnailOf(raster));
  }
  const findings = inspectCertificate(reading, expectationOf(content, form, moved));
  return {
    ...{ name, shows, pages: reading.pages.length },
    findings: findings.map(({ code, page, where }) => [code, page, where].filter(Boolean).join(' ')),
  };
}
