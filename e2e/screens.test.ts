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

/** Colours as they are in the one language, and black and white exchanged in the other: letters and sizes change nothing for axe. */
const axeLooks = { ja: { size: 'wide' }, en: { size: 'tall', contrast: 'high' } } as const satisfies Record<
  Language,
  Look
>;

describe.each(languages)('%s', (language) => {
  test.each(picturesOnce(language))(
    '$name',
    async (picture) => {
      const show = shows.get(language) as PictureShow;
      const { page } = show.glass;
      await show.show(picture);
      const faults: string[] = [];
      for (const look of looks) {
        await show.look(look);
        const found = await layoutFaults(page, { scrolls: look.text === '200' });
        faults.push(...found.map((fault) => `${look.size} ${look.text ?? ''}: ${fault}`));
      }
      await show.look(axeLooks[language]);
      expect([...faults, ...(await axeFaults(page))]).toEqual([]);
    },
    60_000,
  );
});
