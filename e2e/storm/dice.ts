/** Chance that can be repeated: the same seed, the same throws. */
import { createRandom, type Random } from '@machikado/registry';

export interface Dice extends Pick<Random, 'int' | 'chance' | 'pick'> {
  shuffled<T>(list: readonly T[]): T[];
}

export function createDice(seed: string): Dice {
  const { int, chance, pick } = createRandom(seed);
  return {
    ...{ int, chance },
    pick(list) {
      if (list.length === 0) throw new RangeError('nothing to pick from');
      return pick(list);
    },
    shuffled(list) {
      const rest = [...list];
      return list.map(() => rest.splice(int(rest.length), 1)[0] as (typeof rest)[number]);
    },
  };
}
