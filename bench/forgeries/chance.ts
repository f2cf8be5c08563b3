/** Chance that can be repeated: everything about a trial is drawn from its name, in which the seed of the run stands. */
import { createHash } from 'node:crypto';

export interface Chance {
  between(low: number, high: number): number;
  /** 0 … below − 1. */
  whole(below: number): number;
  pick<T>(all: readonly T[]): T;
  shuffled<T>(all: readonly T[]): T[];
}

export function chanceOf(name: string): Chance {
  let state = createHash('sha256').update(name).digest().readUInt32LE() || 1;
  const unit = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const whole = (below: number) => Math.floor(unit() * below);
  return {
    between: (low, high) => low + (high - low) * unit(),
    whole,
    pick: (all) => {
      if (all.length === 0) throw new RangeError('nothing to pick from');
      return all[whole(all.length)] as (typeof all)[number];
    },
    shuffled: (all) =>
      all
        .map((one) => ({ one, rank: unit() }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ one }) => one),
  };
}
