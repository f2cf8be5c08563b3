/**
 * Every screen in every state, in a real browser: nothing lies outside the glass, is cut off, covered, or too small for a finger, in both languages,
 * on both glasses, and with text of twice the size; axe finds nothing. (`npm run screens` takes the pictures of the same table.)
 */
import { type Language, languages } from '@machikado/ui';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFaults } from './browser/axe.ts';
import { type Browser, launchBrowser } from './browser/launch-browser.ts';
import { layoutFaults } from './browser/layout.ts';
import { type Look, openPictureShow, type PictureShow } from './browser/picture-show.ts';
import { picturesOnce } from './browser/scenes.ts';

const sizes = ['wide', 'tall'] as const;
const looks: Look[] = sizes.flatMap((size) => [{ size }, { size, text: '200' }] satisfies Look[]);

let browser: Browser;
const shows = new Map<Language, PictureShow>();
beforeAll(async () => {
  browser = await launchBrowser();
  for (const language of languages) shows.set(language, await openPictureShow(browser, language));
}, 60_000);
afterAll(() => browser?.close());

describe.each(languages)('%s', (language) => {
  test.each(picturesOnce(language))('$name', async (picture) => {
    const show = shows.get(language) as PictureShow;
    const { page } = show.glass;
    await show.show(picture);
    const faults: Record<string, string[]> = {};
    for (const look of looks) {
      await show.look(look);
      const found = await layoutFaults(page, { scrolls: look.text === '200' });
      // The picture at its worst for colours; sizes of text change nothing for axe.
      const isOther = look.text === '200' && look.size === (language === 'ja' ? 'wide' : 'tall');
      if (look.text === undefined && look.size === 'wide') found.push(...(await axeFaults(page)));
      if (isOther) {
        await show.look({ ...look, contrast: 'high' });
        found.push(...(await axeFaults(page)));
      }
      if (found.length > 0) faults[`${look.size} ${look.text ?? ''}`] = found;
    }
    expect(faults).toEqual({});
  });
});
