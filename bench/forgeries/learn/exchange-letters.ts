/**
 * Sealed pictures that a genuine front is not: the same certificate typeset with many letters exchanged at once. Each exchanged letter is a
 * change that the comparison has to find, and one scan of the genuine front serves for all of them.
 */
import type { FormData } from '../../../apps/issuer/src/forms/form-data.ts';
import { galleryCases } from '../../../apps/issuer/src/forms/testing/gallery/index.ts';
import type { Chance } from '../chance.ts';
import { lookAlikes } from '../classes/look-alikes.ts';
import { lettersOn, valuesOn, withValue } from '../values.ts';

/** From one exchanged letter to the next, so that each can be told apart. */
const APART = { least: 3, spread: 5 };
/** As often as this a letter becomes one that it may be taken for, if there is any. */
const ALIKE = 0.8;

/** Of all documents of the gallery. */
const kanji = JSON.stringify(galleryCases).match(/\p{Script=Han}/gu) ?? [];

/** `allowed`: pairs of look-alikes that may be used. */
export function exchangeLetters(
  data: FormData,
  chance: Chance,
  allowed: (from: string, to: string) => boolean,
): FormData {
  const letters = [...new Set([...lettersOn(data).map(({ letter }) => letter), ...kanji])];
  let now = data;
  for (const { text, path } of valuesOn(data)) {
    const changed = [...text];
    for (let at = chance.whole(APART.spread); at < changed.length; at += APART.least + chance.whole(APART.spread)) {
      const from = changed[at] as string;
      const alike = [...(lookAlikes.get(from) ?? [])].filter((to) => allowed(from, to));
      const others = letters.filter((to) => to !== from && widthOf(to) === widthOf(from));
      const choice = alike.length > 0 && chance.between(0, 1) < ALIKE ? alike : others;
      if (choice.length > 0) changed[at] = chance.pick(choice);
    }
    now = withValue(now, path, changed.join(''));
  }
  return now;
}

/** Letters as broad as each other leave the rest of their line where it is. */
function widthOf(letter: string): string {
  if (/[0-9]/.test(letter)) return 'figure';
  return letter < '\x7f' ? letter : 'full';
}
