/**
 * Every screen in every state, in a real browser: nothing lies outside the glass, is cut off, covered, or too small for a finger; axe finds nothing.
 * (`npm run screens` takes the pictures of the same table.)
 */
import assert from 'node:assert/strict';
import { type Language, languages } from '@machikado/ui';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFaults } from './browser/axe.ts';
import { type Browser, launchBrowser } from './browser/launch-browser.ts';
import { layoutFaults } from './browser/layout.ts';
import type { Picture } from './browser/picture.ts';
import { type Look, openPictureShow, type PictureShow } from './browser/picture-show.ts';
import { picturesOnce } from './browser/scenes.ts';

/** Glasses side by side: a page also waits for its next frame. */
const AT_ONCE = 2;

/** Colours as they are in the one language, and black and white exchanged in the other: letters and sizes change nothing for axe. */
const axeLooks = { ja: { size: 'wide' }, en: { size: 'tall', contrast: 'high' } } as const satisfies Record<
  Language,
  Look
>;

/** `shared`: each picture in one of the languages only, in turn. */
export function describeScreens(looks: Readonly<Record<Language, readonly Look[]>>, { shared = false } = {}): void {
  let browser: Browser;
  const free = new Map<Language, PictureShow[]>();
  beforeAll(async () => {
    browser = await launchBrowser();
    for (const language of languages)
      free.set(language, await Promise.all(Array.from({ length: AT_ONCE }, () => openPictureShow(browser, language))));
  }, 60_000);
  afterAll(() => browser?.close());

  describe.concurrent.each(languages)('%s', (language) => {
    test.concurrent.each(shareOut(shared ? inTurn(language) : picturesOnce(language)))(
      `pictures, share $share of ${AT_ONCE}`,
      async ({ pictures }) => {
        const show = free.get(language)?.pop();
        assert(show, 'one glass each');
        expect(await faultsOn(show, pictures, looks[language], axeLooks[language])).toEqual([]);
      },
      1_200_000,
    );
  });
}

const inTurn = (language: Language) =>
  picturesOnce(language).filter(
    (picture, n) => isSentence(picture) || n % languages.length === languages.indexOf(language),
  );

/** Each glass has its share; pictures that lie side by side are alike in what they cost. */
function shareOut(all: readonly Picture[]) {
  return Array.from({ length: AT_ONCE }, (_, i) => ({
    share: i + 1,
    pictures: all.filter((_, n) => n % AT_ONCE === i),
  }));
}

/** 終了 differs from code to code in its words alone: they have to fit where there is least room. */
const isSentence = ({ name }: Picture) => /^ended, [A-Z_]+$/.test(name) && name !== 'ended, USE_COUNTER';

async function faultsOn(
  show: PictureShow,
  pictures: readonly Picture[],
  looks: readonly Look[],
  axeLook: Look,
): Promise<string[]> {
  const { page } = show.glass;
  const faults: string[] = [];
  for (const [i, picture] of pictures.entries()) {
    await show.show(picture);
    const wanted = isSentence(picture) ? looks.filter(({ text }) => text === '200') : looks;
    // To and fro: another size takes longer than all the rest.
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
