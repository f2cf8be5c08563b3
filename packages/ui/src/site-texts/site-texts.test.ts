import { siteErrors } from '@machikado/protocol';
import { expect, test } from 'vitest';
import { languages } from '../languages.ts';
import { siteTexts } from './index.ts';

/** Every text of a catalogue with the way to it; gaps are filled with something harmless. */
function textsOf(part: unknown, path = ''): [string, string][] {
  if (typeof part === 'string') return [[path, part]];
  if (typeof part === 'function') return textsOf((part as (...gaps: unknown[]) => unknown)(2, 3, 4, 5), path);
  return Object.entries(part as object).flatMap(([key, inner]) => textsOf(inner, `${path}.${key}`));
}

/** Words that stand on the paper itself are shown as they stand there. */
const ON_PAPER = /複写|証/g;
const KANA = /[぀-ヿ]/;
const HAN = /[一-鿿]/;
const HANGUL = /[가-힯]/;

test('the site speaks all seven languages, each in its own letters', () => {
  expect(Object.keys(siteTexts)).toEqual(languages);
  for (const [language, texts] of Object.entries(siteTexts))
    for (const [path, text] of textsOf(texts)) {
      const at = `${language}${path}`;
      expect(text.trim(), at).toBe(text);
      expect(text.length, at).toBeGreaterThan(0);
      const own = text.replace(ON_PAPER, '');
      if (language !== 'ja') expect(own, at).not.toMatch(KANA);
      if (!['ja', 'zh-Hans', 'zh-Hant'].includes(language)) expect(own, at).not.toMatch(HAN);
      if (language !== 'ko') expect(own, at).not.toMatch(HANGUL);
    }
});

test('no language has fewer texts than another, and every refusal has a sentence and advice', () => {
  const paths = (texts: unknown) =>
    textsOf(texts)
      .map(([path]) => path)
      .sort();
  for (const texts of Object.values(siteTexts)) {
    expect(paths(texts)).toEqual(paths(siteTexts.ja));
    for (const code of Object.keys(siteErrors) as (keyof typeof siteErrors)[])
      expect(
        [texts.errors[code].title, texts.errors[code].text].every((text) => text.length > 3),
        code,
      ).toBe(true);
  }
});

test('who waits is told how long photos of both sides may take: the site’s own limit, half a minute', () => {
  for (const [language, { progress }] of Object.entries(siteTexts))
    expect(progress.text, language).toMatch(/30\s*(?:秒|초)|half a minute|medio minuto|meio minuto/);
});
