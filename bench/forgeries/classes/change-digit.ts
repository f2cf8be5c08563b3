/** One figure of a date, a sum of money, an address becomes any other. */
import type { Changing } from '../forge-front.ts';
import { lettersOn, withLetter } from '../values.ts';

const FIGURES = ['0123456789', '０１２３４５６７８９', '一二三四五六七八九'];

export const changeDigit: Changing = ({ job }, chance) =>
  chance
    .shuffled(lettersOn(job.data).filter(({ letter }) => FIGURES.some((figures) => figures.includes(letter))))
    .map(({ value, at, letter }) => {
      const figures = FIGURES.find((each) => each.includes(letter)) ?? '';
      const to = chance.pick([...figures].filter((figure) => figure !== letter));
      return { what: `${letter} → ${to} in ${value.path.at(-1)}`, data: withLetter(job.data, value, at, to) };
    });
