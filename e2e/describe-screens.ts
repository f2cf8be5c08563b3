/**
 * Every screen in every state, in a real browser: nothing lies outside the glass, is cut off, covered, or too small for a finger; axe finds nothing.
 * (`npm run screens` takes the pictures of the same table.)
 */
import assert from 'node:assert/strict';
import { type Language, languages, sentenceFor } from '@machikado/ui';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFaults } from './browser/axe.ts';
import { type Browser, launchBrowser } from './browser/launch-browser.ts';
import { layoutFaults } from './browser/layout.ts';
import type { Picture } from './browser/picture.ts';
import { type Look, openPictureShow, type PictureShow } from './browser/picture-show.ts';
import { picturesOnce } from './browser/scenes.ts';

/** Every other language has another glass first, and black and white exchanged there: letters and sizes change nothing for axe. */
const isOther = (language: Language) => languages.indexOf(language) % 2 === 1;
const axeLookOf = (language: Language): Look =>
  isOther(language) ? { size: 'tall', contrast: 'high' } : { size: 'wide' };

/** Each picture in one of the languages, on one glass plainly and on the other with letters of twice the size; in each the sentences with the least room. */
export function describeScreensInTurn(): void {
  describeEach(inTurn, (language) => {
    const [first, second] = isOther(language) ? (['tall', 'wide'] as const) : (['wide', 'tall'] as const);
    return [{ size: first }, { size: second, text: '200' }];
  });
}

/** Each picture in each language. */
export function describeScreens(looks: readonly Look[]): void {
  describeEach(picturesOnce, () => looks);
}

function describeEach(
  picturesIn: (language: Language) => readonly Picture[],
  looksIn: (language: Language) => readonly Look[],
): void {
  let browser: Browser;
  const shows = new Map<Language, PictureShow>();
  beforeAll(async () => {
    browser = await launchBrowser();
    for (const language of languages) shows.set(language, await openPictureShow(browser, language));
  }, 60_000);
  afterAll(() => browser?.close());

  test('each language of the menu stands there in the letters of its own country', async () => {
    const { glass, ...show } = shows.get('en') as PictureShow;
    await show.show({ name: 'card', scene: { step: 'card', cards: 'none' } });
    const drawn = await glass.page.evaluate<Record<string, string>>(fontsOfLanguages);
    expect(drawn).toEqual({ ...Object.fromEntries(languages.map((one) => [one, 'JP'])), ...ownFonts });
  });

  test.concurrent.each(languages)(
    'pictures in %s',
    async (language) => {
      const show = shows.get(language);
      assert(show, 'one glass each');
      expect(await faultsOn(show, picturesIn(language), looksIn(language), axeLookOf(language))).toEqual([]);
    },
    3_600_000,
  );
}

const ownFonts = { ko: 'KR', 'zh-Hans': 'SC', 'zh-Hant': 'TC' };
/** By language the font in which its name stands, where that font has all of its letters; a letter too few is drawn as a box. */
const fontsOfLanguages = `Promise.all([...document.querySelectorAll('[data-act=language]')].map(async (button) => {
  const { fontFamily } = getComputedStyle(button);
  const own = fontFamily.split(',')[0];
  const [{ family } = {}] = await document.fonts.load('16px ' + own, button.textContent);
  return [button.dataset.value, family?.match(/Noto Sans (..) Variable/)?.[1] ?? fontFamily];
})).then(Object.fromEntries)`;

const SENTENCES = 5;

function inTurn(language: Language): Picture[] {
  const pictures = picturesOnce(language);
  const long = pictures.filter(isSentence).sort((a, b) => lengthOf(b, language) - lengthOf(a, language));
  return pictures.filter((picture, n) =>
    isSentence(picture) ? long.indexOf(picture) < SENTENCES : n % languages.length === languages.indexOf(language),
  );
}

/** 終了 differs from code to code in its words alone: they have to fit where there is least room. */
const isSentence = ({ name }: Picture) => /^ended, [A-Z_]+$/.test(name) && name !== 'ended, USE_COUNTER';
const lengthOf = ({ scene }: Picture, language: Language) =>
  scene.step === 'ended' ? sentenceFor(scene.code, language).length : 0;

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
