/** Which of the seven languages the visitor’s browser asks for. */
import { languageTable, type SiteLanguage } from '@machikado/ui';

export const siteLanguages = Object.entries(languageTable).map(([id, { name }]) => ({ id: id as SiteLanguage, name }));

export function preferredLanguage(wanted: readonly string[]): SiteLanguage {
  for (const tag of wanted) {
    const found = languageOf(tag.toLowerCase());
    if (found) return found;
  }
  return 'ja';
}

function languageOf(tag: string): SiteLanguage | undefined {
  if (tag.startsWith('zh')) return /hant|tw|hk|mo/.test(tag) ? 'zh-Hant' : 'zh-Hans';
  return siteLanguages.find(({ id }) => tag === id || tag.startsWith(`${id}-`))?.id;
}
