import assert from 'node:assert/strict';
import { errorCodes } from '@machikado/protocol';
import { describe, test } from 'vitest';
import { kioskFaults } from '../kiosk-faults.ts';
import { languages } from '../languages.ts';
import { nextStepAfter } from '../next-steps.ts';
import { catalogues } from './index.ts';

/** Every text of a catalogue with the way to it; texts with a gap are filled with something harmless. */
function textsOf(part: unknown, path = ''): [string, string][] {
  if (typeof part === 'string') return [[path, part]];
  if (typeof part === 'function') return textsOf((part as (...gaps: unknown[]) => unknown)(2, 3, '4'), path);
  return Object.entries(part as object).flatMap(([key, inner]) => textsOf(inner, `${path}.${key}`));
}

const KANA = /[\u3040-\u30ff]/;
const HAN = /[\u4e00-\u9fff]/;
const HANGUL = /[\uac00-\ud7af]/;
/** Figures, signs and foreign names stand for themselves. */
const isSigns = (text: string) => /^[\s\d¥円×（）.,、–-]*$/.test(text);
const ownLetters = { ja: [KANA, HAN], ko: [HANGUL], 'zh-Hans': [HAN], 'zh-Hant': [HAN], en: [], es: [], pt: [] };
/** Characters that only the other of the two writes. */
const simplified = /[证请单号码页择发级亲户钱门问时间输继续认读领区项纸张]/;
const traditional = /[證請單號碼頁擇發級親戶錢門問時間輸繼續認讀領區項紙張]/;

describe('catalogues', () => {
  test('the languages of the seed, in its order', () => {
    assert.deepEqual(languages, ['ja', 'en', 'ko', 'zh-Hans', 'zh-Hant', 'es', 'pt']);
    assert.deepEqual(Object.keys(catalogues).sort(), [...languages].sort());
  });

  test('no text is empty, none has a blank at its end', () => {
    for (const language of languages)
      for (const [path, text] of textsOf(catalogues[language])) {
        assert.ok(text.trim().length > 0, `${language}${path}`);
        if (path !== '.frame.comma') assert.equal(text, text.trim(), `${language}${path}`);
      }
  });

  test.each(languages)('%s is written in its own letters', (language) => {
    const own: readonly RegExp[] = ownLetters[language];
    for (const [path, text] of textsOf(catalogues[language]))
      for (const letters of [KANA, HAN, HANGUL])
        if (!own.includes(letters)) assert.doesNotMatch(text, letters, `${language}${path}`);
    for (const [path, text] of textsOf(catalogues.ja))
      if (!isSigns(text)) assert.ok(KANA.test(text) || HAN.test(text), path);
  });

  test('neither Chinese is written in the characters of the other', () => {
    for (const [path, text] of textsOf(catalogues['zh-Hans'])) assert.doesNotMatch(text, traditional, path);
    for (const [path, text] of textsOf(catalogues['zh-Hant'])) assert.doesNotMatch(text, simplified, path);
  });

  test('no language has fewer texts than another', () => {
    const paths = (language: (typeof languages)[number]) =>
      textsOf(catalogues[language])
        .map(([path]) => path)
        .sort();
    for (const language of languages) assert.deepEqual(paths(language), paths('ja'), language);
  });

  test.each(languages)('a button is called by its name wherever a text speaks of it: %s', (language) => {
    const { buttons, pin, choose, confirm, pay } = catalogues[language];
    for (const [text, button] of [
      [pin.lastTry, buttons.quit],
      [choose.noOffersNext, buttons.quit],
      [confirm.hint, buttons.next],
      [pay.enough, buttons.next],
    ] as const)
      assert.ok(text.includes(button), `${text} ← ${button}`);
  });

  test('every code leads to a next step that has words', () => {
    for (const code of [...Object.keys(errorCodes), ...Object.keys(kioskFaults), 'CANCELLED', 'SOMETHING_NEW'])
      for (const language of languages)
        assert.ok(catalogues[language].ended.nextSteps[nextStepAfter(code)].length > 5, code);
  });
});
