/** Marsaglia’s xorshift with 13, 17, 5: whole numbers below 2^32, the same for the same seed. The tables of CS v1 are drawn with it. */
export function xorshift32(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
