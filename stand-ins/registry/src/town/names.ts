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
  /** Of a relative who lives nowhere here: 名 of three letters, which no resident has, so that there are enough for all the dead. */
  relative(surname: Word, sex: Sex): GivenName;
  /** What somebody was called before a marriage: the same 名 with a 姓 of one’s own, the one that is wished for where nobody else bears it. */
  maiden(name: string, wished?: string): string;
  /** Capitals of the Roman alphabet, as the residence card has it. */
  foreign(words: number): GivenName;
}

/** `part` of `parts`: which share of the words this town may use; `given`: the names that it has given already. */
export function createNames(random: Random, part: number, parts: number, given: Set<string>): Names {
  const own = <T>(list: readonly T[]) => list.filter((_, i) => i % parts === part);
  const [ownSurnames, ownFirst] = [own(surnames), own(givenFirst)];

  const once = <T>(draw: () => T, textOf: (drawn: T) => string): T => {
    for (let tries = 0; tries < 10_000; tries++) {
      const drawn = draw();
      if (given.has(textOf(drawn))) continue;
      given.add(textOf(drawn));
      return drawn;
    }
    throw new RangeError('the town is too large for its words');
  };

  const named = ([surname, reading]: Word, firsts: readonly Word[], sex: Sex): GivenName => {
    const parts = [...firsts, random.pick<Word>(givenSecond[sex])];
    const [letters, readings] = [0, 1].map((i) => parts.map((part) => part[i]).join(''));
    return { name: `${surname}　${letters}`, kana: `${reading}　${readings}` };
  };
  const nameOf = ({ name }: GivenName) => name;

  return {
    surname: () => random.pick(ownSurnames),
    full: (surname, sex) => once(() => named(surname, [random.pick(ownFirst)], sex), nameOf),
    relative: (surname, sex) => once(() => named(surname, startingAnywhere(random, ownFirst).slice(0, 2), sex), nameOf),
    maiden(name, wished) {
      const [surname = '', own = ''] = name.split('　');
      const others = ownSurnames.map(([word]) => word).filter((word) => word !== surname);
      const free = (word: string) => !given.has(`${word}　${own}`);
      const chosen =
        wished !== undefined && wished !== surname && free(wished)
          ? wished
          : startingAnywhere(random, others).find(free);
      if (chosen === undefined) throw new RangeError('the town is too large for its words');
      given.add(`${chosen}　${own}`);
      return `${chosen}　${own}`;
    },
    foreign: (words) =>
      once(() => {
        const drawn = [random.pick(foreignFamilyNames), ...Array.from({ length: words }, () => foreignWord(random))];
        return { name: drawn.map(([word]) => word).join(' '), kana: drawn.map(([, reading]) => reading).join('　') };
      }, nameOf),
  };
}

function startingAnywhere<T>(random: Random, list: readonly T[]): T[] {
  const start = random.int(list.length);
  return [...list.slice(start), ...list.slice(0, start)];
}

function foreignWord(random: Random): Word {
  const syllables = Array.from({ length: 4 }, () => random.pick(foreignSyllables));
  return [syllables.map(([syllable]) => syllable).join(''), syllables.map(([, reading]) => reading).join('')];
}
