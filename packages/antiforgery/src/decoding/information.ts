/** How many bits a soft bit is worth on average: 1 − the entropy of what it leaves open. */
import type { SoftBits } from '../format/soft-bits.ts';

/** A sample tells enough; a prime, so that it keeps step with nothing. */
const EVERY = 7;

export function informationOf(soft: SoftBits): number {
  let open = 0;
  let count = 0;
  for (let n = 0; n < soft.length; n += EVERY, count++) {
    const wrong = 1 / (1 + Math.exp(Math.abs(soft[n] as number)));
    if (wrong > 1e-9) open -= wrong * Math.log2(wrong) + (1 - wrong) * Math.log2(1 - wrong);
  }
  return 1 - open / count;
}
