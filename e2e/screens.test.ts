/**
 * Every screen in every state, in a real browser: nothing lies outside the glass, is cut off, covered, or too small for a finger, in both languages,
 * on both glasses, and with text of twice the size; axe finds nothing. (`npm run screens` takes the pictures of the same table.)
 */
import assert from 'node:assert/strict';
import { type Language, languages } from '@machikado/ui';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFaults } from './browser/axe.ts';
import { type Browser, launchBrowser } from './browser/launch-browser.ts';
import { layoutFaults } from './browser/layout.ts';
import { type Look, openPictureShow, type PictureShow } from './browser/picture-show.ts';
import { type Picture, picturesOnce } from './browser/scenes.ts';

const sizes = ['wide', 'tall'] as const;
const looks: Look[] = sizes.flatMap((size) => [{ size }, { size, text: '200' }] satisfies Look[]);

/** Glasses side by side: a page mostly waits for its next frame. */
const AT_ONCE = 2;

let browser: Browser;
const free = new Map<Language, PictureShow[]>();
beforeAll(async () => {
  browser = await launchBrowser();
  for (const language of languages)
    free.set(language, await Promise.all(Array.from({ length: AT_ONCE }, () => openPictureShow(browser, language))));
}, 60_000);
afterAll(() => browser?.close());

/** Colours as they are in the one language, and black and white exchanged in the other: letters and sizes change nothing for axe. */
const axeLooks = { ja: { size: 'wide' }, en: { size: 'tall', contrast: 'high' } } as const satisfies Record<
  Language,
  Look
>;

describe.concurrent.each(languages)('%s', (language) => {
  const waiting = shareOut(picturesOnce(language));
  test.concurrent.each(waiting)(
    'pictures $first to $last',
    async ({ pictures }) => {
      const shows = free.get(language) ?? [];
      const show = shows.pop();
      assert(show, 'one glass each');
      expect(await faultsOn(show, pictures, axeLooks[language])).toEqual([]);
      shows.push(show);
    },
    600_000,
  );
});

/** Each glass has its share; the size is changed once a picture, for that takes longest. */
function shareOut(all: readonly Picture[]) {
  const share = Math.ceil(all.length / AT_ONCE);
  return Array.from({ length: AT_ONCE }, (_, i) => all.slice(i * share, (i + 1) * share)).map((pictures) => ({
    pictures,
    first: pictures[0]?.name,
    last: pictures.at(-1)?.name,
  }));
}

/** 終了 differs from code to code in its words alone: they have to fit where there is least room. */
const isSentence = ({ name }: Picture) => /^ended, [A-Z_]+$/.test(name) && name !== 'ended, USE_COUNTER';

async function faultsOn(show: PictureShow, pictures: readonly Picture[], axeLook: Look): Promise<string[]> {
  const { page } = show.glass;
  const faults: string[] = [];
  for (const [i, picture] of pictures.entries()) {
    await show.show(picture);
    const wanted = isSentence(picture) ? looks.filter(({ text }) => text === '200') : looks;
    for (const look of i % 2 === 0 ? wanted : wanted.toReversed()) {
      await show.look(look);
      const found = await layoutFaults(page, { scrolls: look.text === '200' });
      if (look.size === axeLook.size && look.text === undefined) {
        await show.look(axeLook);
        found.push(...(await axeFaults(page)));
      }
      faults.push(...found.map((fault) => `${picture.name}, ${look.size} ${look.text ?? ''}: ${fault}`));
    }
  }
  return faults;
}
