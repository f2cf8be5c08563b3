/** The whole gallery of the issuing server through the intake, byte by byte, and what a browser prints. */
import { takeIn } from '@machikado/antiforgery';
import { afterAll, expect, test } from 'vitest';
import { galleryCases } from '../apps/issuer/src/forms/testing/gallery/index.ts';
import { launchBrowser } from './browser/launch-browser.ts';
import { cleanCopyOf, differencesOf, openStage } from './clean-copies.ts';

const stage = openStage();
afterAll(() => stage.close());

test.each(galleryCases)('$name is taken in as it is', async (one) => {
  const pair = await cleanCopyOf(one, stage);
  expect(differencesOf(pair)).toEqual([]);
  expect(Buffer.compare(pair.again, pair.bytes)).toBe(0);
});

test('what a browser prints is taken in as it is: shadows, gradients, pictures, a table', async () => {
  const browser = await launchBrowser();
  const page = await browser.context.newPage();
  await page.setContent(`<h1>架空県夕凪市</h1><table border=1><tr><td>氏名<td>凪野 帆高</table>
    <div style="background:linear-gradient(red,blue);width:200px;height:60px;opacity:.7;box-shadow:3px 3px 5px #888"></div>
    <svg width=100 height=100><circle cx=50 cy=50 r=40 fill=orange stroke=green /></svg>`);
  const pdf = await page.pdf({ format: 'A4', printBackground: true });
  await browser.close();
  const taken = takeIn(pdf);
  const [original, clean] = [await stage.reader.read(pdf), await stage.reader.read(taken.toPdf())];
  expect(clean.pages.map(({ digest }) => digest)).toEqual(original.pages.map(({ digest }) => digest));
  expect(clean.pages[0]?.glyphs).toEqual(original.pages[0]?.glyphs);
  expect(Buffer.from((await taken.withoutRgb()).toPdf()).toString('latin1')).not.toMatch(/RGB|ICCBased/);
});
