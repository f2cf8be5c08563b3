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
const APART = { least: 2, spread: 4 };
/** As often as this a letter becomes one that it may be taken for, if there is any. */
const ALIKE = 0.85;
/** And one for which there is none becomes any other. */
const UNLIKE = 0.15;

/** Of all documents of the gallery. */
const kanji = JSON.stringify(galleryCases).match(/\p{Script=Han}/gu) ?? [];

/** `allowed`: pairs of look-alikes that may be used. */
export function exchangeLetters(
  data: FormData,
  chance: Chance,
  allowed: (from: string, to: string) => boolean,
): FormData {
  const letters = [...new Set([...lettersOn(data).map(({ letter }) => letter), ...kanji])];
  return changed(data, chance, (from) => {
    const alike = [...(lookAlikes.get(from) ?? [])].filter((to) => allowed(from, to));
    if (chance.between(0, 1) < (alike.length > 0 ? ALIKE : 0)) return alike;
    return chance.between(0, 1) < UNLIKE ? letters.filter((to) => to !== from && widthOf(to) === widthOf(from)) : [];
  });
}

/** A certificate full of letters that others may be taken for: what people are called has few of them. */
export function sowLetters(data: FormData, chance: Chance): FormData {
  return changed(data, chance, (from) => [...lookAlikes.keys()].filter((to) => widthOf(to) === widthOf(from)));
}

function changed(data: FormData, chance: Chance, choiceFor: (letter: string) => readonly string[]): FormData {
  let now = data;
  for (const { text, path } of valuesOn(data)) {
    let next = chance.whole(APART.spread);
    const letters = [...text].map((from, at) => {
      const choice = at < next ? [] : choiceFor(from);
      if (choice.length === 0) return from;
      next = at + APART.least + chance.whole(APART.spread);
      return chance.pick(choice);
    });
    now = withValue(now, path, letters.join(''));
  }
  return now;
}

/** Letters as broad as each other leave the rest of their line where it is. */
function widthOf(letter: string): string {
  if (/[0-9]/.test(letter)) return 'figure';
  return letter < '\x7f' ? letter : 'full';
}
