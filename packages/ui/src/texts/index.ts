/** The catalogues of the languages that the menu offers. */
import type { Language } from '../languages.ts';
import type { Catalogue } from './catalogue.ts';
import { en } from './en.ts';
import { ja } from './ja.ts';

export const catalogues: Readonly<Record<Language, Catalogue>> = { ja, en };
