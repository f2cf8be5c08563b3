/** Chance that can be repeated: xorshift32 from a seed. Each part of the way from printer to picture has a stream of its own. */
export interface Chance {
  /** In [0, 1). */
  unit(): number;
  between(low: number, high: number): number;
  pick<T>(all: readonly T[]): T;
  /** Mean 0, variance 1. */
  normal(): number;
  /** 32 bits. */
  bits(): number;
}

export type Stream = 'parameters' | 'print' | 'damage' | 'camera' | 'light' | 'copier';

export function chanceOf(seed: number, stream: Stream): Chance {
  let state = scrambled(seed, stream);
  const bits = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  const unit = () => bits() / 2 ** 32;
  return {
    unit,
    bits,
    between: (low, high) => low + (high - low) * unit(),
    pick: (all) => {
      const one = all[Math.floor(unit() * all.length)];
      if (one === undefined) throw new RangeError('nothing to pick from');
      return one;
    },
    normal: () => Math.sqrt(-2 * Math.log(unit() + 1e-12)) * Math.cos(2 * Math.PI * unit()),
  };
}

/** Neighbouring seeds start far apart; zero would never move. */
function scrambled(seed: number, stream: Stream): number {
  let state = Math.imul(seed >>> 0, 0x9e3779b1) ^ 0x5bd1e995;
  for (const letter of stream) state = Math.imul(state ^ letter.charCodeAt(0), 0x01000193);
  state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
  return (state ^ (state >>> 13)) >>> 0 || 1;
}

export const noiseMask = 0xffff;

/** 65,536 normal numbers, drawn once: a page needs a hundred million of them. Indexes are taken with `noiseMask`. */
export const noise: Float32Array = normalNumbers();

function normalNumbers(): Float32Array {
  const { normal } = chanceOf(777, 'print');
  return Float32Array.from({ length: noiseMask + 1 }, () => Math.max(-4, Math.min(4, normal())));
}
