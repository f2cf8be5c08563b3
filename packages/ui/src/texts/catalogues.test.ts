import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { languages, languageTable } from '../languages.ts';
import { nextStepAfter } from '../next-steps.ts';
import { sentences } from '../sentences.ts';
import { catalogues } from './index.ts';

/** Every text of a catalogue with the way to it; texts with a gap are filled with something harmless. */
function textsOf(part: unknown, path = ''): [string, string][] {
  if (typeof part === 'string') return [[path, part]];
  if (typeof part === 'function') return textsOf((part as (...gaps: unknown[]) => unknown)(2, 3, '4'), path);
  return Object.entries(part as object).flatMap(([key, inner]) => textsOf(inner, `${path}.${key}`));
}

const KANA_OR_HAN = /[\u3040-\u30ff\u4e00-\u9fff]/;
/** Figures, signs and foreign names stand for themselves. */
const isSigns = (text: string) => /^[\s\d¥円×（）.,、–-]*$/.test(text);
/** The kana of a row of names is Japanese in every language. */
const isKana = (path: string) => path === '.frame.letter';

describe('catalogues', () => {
  test('the languages of the seed, in its order; those of the menu are complete', () => {
    assert.deepEqual(Object.keys(languageTable), ['ja', 'en', 'ko', 'zh-Hans', 'zh-Hant', 'es', 'pt']);
    assert.deepEqual(Object.keys(catalogues).sort(), [...languages].sort());
  });

  test('no text is empty, none has a blank at its end', () => {
    for (const language of languages)
      for (const [path, text] of textsOf(catalogues[language])) {
        assert.ok(text.trim().length > 0, `${language}${path}`);
        if (path !== '.frame.comma') assert.equal(text, text.trim(), `${language}${path}`);
      }
  });

  test('Japanese is Japanese', () => {
    for (const [path, text] of textsOf(catalogues.ja)) if (!isSigns(text)) assert.match(text, KANA_OR_HAN, path);
  });

  test('languages in Latin letters hold no Japanese', () => {
    for (const language of languages.filter((one) => ['en', 'es', 'pt'].includes(one)))
      for (const [path, text] of textsOf(catalogues[language]))
        if (!isKana(path)) assert.doesNotMatch(text, KANA_OR_HAN, `${language}${path}`);
  });

  test('every code leads to a next step that has words', () => {
    for (const code of [...Object.keys(sentences), 'CANCELLED', 'SOMETHING_NEW'])
      for (const language of languages)
        assert.ok(catalogues[language].ended.nextSteps[nextStepAfter(code)].length > 5, code);
  });
});
