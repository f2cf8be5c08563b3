/** 言語: the seven languages of the screen, in the order of the language menu (seed 4.1 ⑤), by their own names. The certificates themselves are Japanese only. */
export const languageNames = {
  ja: '日本語',
  en: 'English',
  ko: '한국어',
  'zh-Hans': '中文（简体字）',
  'zh-Hant': '中文（繁體字）',
  es: 'Español',
  pt: 'Português',
} as const;

export type Language = keyof typeof languageNames;
export const languages = Object.keys(languageNames) as readonly Language[];

export function findLanguage(name: string): Language | undefined {
  return languages.find((language) => language === name);
}

/** Whoever works here, or plays the hardware, reads one of these. */
export const staffLanguages = ['ja', 'en'] as const satisfies readonly Language[];
export type StaffLanguage = (typeof staffLanguages)[number];
export type StaffText = Readonly<Record<StaffLanguage, string>>;
