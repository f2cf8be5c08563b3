/** 問い合わせサイトの文言, in all seven languages. */
import type { Language } from '../languages.ts';
import type { SiteTexts } from './catalogue.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { ja } from './ja.ts';
import { ko } from './ko.ts';
import { pt } from './pt.ts';
import { zhHans } from './zh-hans.ts';
import { zhHant } from './zh-hant.ts';

export const siteTexts: Readonly<Record<Language, SiteTexts>> = {
  ja,
  en,
  ko,
  'zh-Hans': zhHans,
  'zh-Hant': zhHant,
  es,
  pt,
};
