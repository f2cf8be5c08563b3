/**
 * What a resident reads when something was refused: one sentence per code. USE_COUNTER stays neutral: the same words for every
 * reason, because the reason must not be seen by whoever stands behind the resident (支援措置). Codes that only an engineer can
 * do something about share one sentence. None says what became of the money: the same code may come before and after it was paid,
 * and the screen says that beside it.
 */
import type { Language } from './languages.ts';
import { type Sentence, sentenceNameOf } from './sentence-names.ts';
import { catalogues } from './texts/index.ts';

/** A code that this screen does not know is none that a resident could do anything about. */
export function sentenceFor(code: string, language: Language): string {
  const { sentences } = catalogues[language];
  return sentences[sentenceNameOf(code) as Sentence] ?? sentences['out-of-order'];
}
