/** 言語: the seven languages of the screen, in the order of the language menu (seed 4.1 ⑤). The certificates themselves are Japanese only. */
export const languageTable = {
  ja: { name: '日本語', complete: true },
  en: { name: 'English', complete: true },
  ko: { name: '한국어', complete: false },
  'zh-Hans': { name: '中文（简体字）', complete: false },
  'zh-Hant': { name: '中文（繁體字）', complete: false },
  es: { name: 'Español', complete: false },
  pt: { name: 'Português', complete: false },
} as const satisfies Record<string, { readonly name: string; readonly complete: boolean }>;

type Table = typeof languageTable;
/** A language whose catalogue is complete; the menu offers these. */
export type Language = { [L in keyof Table]: Table[L]['complete'] extends true ? L : never }[keyof Table];

export const languages = (Object.keys(languageTable) as (keyof Table)[]).filter(
  (language): language is Language => languageTable[language].complete,
);

/** One text in every language that the menu offers; a missing one does not compile. */
export type Text = Readonly<Record<Language, string>>;

/** The language of that name if its catalogue is complete. */
export function findLanguage(name: string): Language | undefined {
  return languages.find((language) => language === name);
}
