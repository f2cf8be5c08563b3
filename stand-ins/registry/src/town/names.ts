/**
 * Names that nobody bears twice: a full name is given once in all invented towns, and none is part of another, so that a name on
 * a page betrays whose page it is. The towns share no given name and no ordinary surname.
 */

import {
  foreignFamilyNames,
  foreignSyllables,
  givenFirst,
  givenSecond,
  surnames,
  type Word,
} from './invented-words.ts';
import type { Random } from './random.ts';

export type Sex = 'male' | 'female';

export interface GivenName {
  readonly name: string;
  readonly kana: string;
}

export interface Names {
  surname(): Word;
  /** A full name that was not given before, 姓 and 名 with a full-width space between. */
  full(surname: Word, sex: Sex): GivenName;
  /** Capitals of the Roman alphabet, as the residence card has it. */
  foreign(words: number): GivenName;
}

/** `part` of `parts`: which share of the words this town may use. */
export function createNames(random: Random, part: number, parts: number): Names {
  const own = <T>(list: readonly T[]) => list.filter((_, i) => i % parts === part);
  const [ownSurnames, ownFirst] = [own(surnames), own(givenFirst)];
  const given = new Set<string>();

  const once = <T>(draw: () => T, textOf: (drawn: T) => string): T => {
    for (let tries = 0; tries < 10_000; tries++) {
      const drawn = draw();
      if (given.has(textOf(drawn))) continue;
      given.add(textOf(drawn));
      return drawn;
    }
    throw new RangeError('the town is too large for its words');
  };

  return {
    surname: () => random.pick(ownSurnames),
    full: ([surname, reading], sex) =>
      once(
        () => {
          const [first, firstReading] = random.pick(ownFirst);
          const [second, secondReading] = random.pick<Word>(givenSecond[sex]);
          return { name: `${surname}　${first}${second}`, kana: `${reading}　${firstReading}${secondReading}` };
        },
        ({ name }) => name,
      ),
    foreign: (words) =>
      once(
        () => {
          const drawn = [random.pick(foreignFamilyNames), ...Array.from({ length: words }, () => foreignWord(random))];
          return { name: drawn.map(([word]) => word).join(' '), kana: drawn.map(([, reading]) => reading).join('　') };
        },
        ({ name }) => name,
      ),
  };
}

function foreignWord(random: Random): Word {
  const syllables = Array.from({ length: 4 }, () => random.pick(foreignSyllables));
  return [syllables.map(([syllable]) => syllable).join(''), syllables.map(([, reading]) => reading).join('')];
}
