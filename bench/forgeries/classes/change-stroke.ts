/** 三 → 二, 大 → 太, 1 → 7: one letter of one value becomes one that looks nearly like it. */
import type { Changing } from '../forge-front.ts';
import { grouped } from '../grouped.ts';
import { lettersOn, withLetter } from '../values.ts';
import { lookAlikes } from './look-alikes.ts';

/** Each pair as likely as the other: dates would leave hardly anything but figures. */
export const changeStroke: Changing = ({ job }, chance) => {
  const places = grouped(
    lettersOn(job.data).flatMap((place) => [...(lookAlikes.get(place.letter) ?? [])].map((to) => ({ ...place, to }))),
    ({ letter, to }) => `${letter} → ${to}`,
  );
  return chance.shuffled([...places]).map(([what, all]) => {
    const { value, at, to } = chance.pick(all);
    return { what: `${what} in ${value.path.at(-1)}`, data: withLetter(job.data, value, at, to) };
  });
};
