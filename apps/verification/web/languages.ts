/** Which of the seven languages the visitor’s browser asks for. */
import { type Language, languageNames, languages } from '@machikado/ui';

export const siteLanguages = languages.map((id) => ({ id, name: languageNames[id] }));

export function preferredLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const found = languageOf(tag.toLowerCase());
    if (found) return found;
  }
  return 'ja';
}

function languageOf(tag: string): Language | undefined {
  if (tag.startsWith('zh')) return /hant|tw|hk|mo/.test(tag) ? 'zh-Hant' : 'zh-Hans';
  return siteLanguages.find(({ id }) => tag === id || tag.startsWith(`${id}-`))?.id;
}
