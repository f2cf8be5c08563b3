/** Languages of the screen, in the order of the language menu (seed 4.1 ⑤). The certificates themselves are Japanese only. */
export const languages = ['ja', 'en'] as const;
export type Language = (typeof languages)[number];

/** One text in every language of the table above; a missing one does not compile. */
export type Text = Readonly<Record<Language, string>>;
