/**
 * `npm run screens`: a picture of every screen in every state into out/screens, in all seven languages, on a wide and a tall glass, and with text of
 * twice the size; and a contact sheet for each.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Language, languages } from '@machikado/ui';
import { makeContactSheet, type Shot } from './contact-sheet.ts';
import { type Browser, launchBrowser } from './launch-browser.ts';
import { type Look, openPictureShow } from './picture-show.ts';
import { pictures } from './scenes.ts';

const out = fileURLToPath(new URL('../../out/screens', import.meta.url));

const looks: readonly Look[] = [
  { size: 'wide' },
  { size: 'tall' },
  { size: 'wide', text: '200' },
  { size: 'tall', text: '200' },
];

async function takePictures(browser: Browser, language: Language): Promise<Map<string, Shot[]>> {
  const show = await openPictureShow(browser, language);
  const sheets = new Map<string, Shot[]>();
  for (const picture of pictures) {
    await show.show(picture);
    for (const look of looks) {
      const sheet = [language, look.size, look.text ?? ''].filter(Boolean).join('-');
      await show.look(look);
      const file = join(out, sheet, `${picture.name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.png`);
      await show.glass.page.screenshot({ path: file });
      sheets.set(sheet, [...(sheets.get(sheet) ?? []), { file, caption: picture.name }]);
    }
  }
  await show.close();
  return sheets;
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const browser = await launchBrowser();
const sheets = await Promise.all(languages.map((language) => takePictures(browser, language)));
for (const [name, shots] of sheets.flatMap((one) => [...one]))
  console.log(await makeContactSheet(browser, join(out, name), shots));
await browser.close();
