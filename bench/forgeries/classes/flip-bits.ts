/** Some bits of the ciphertext turned over, which turns pixels of the picture over, and the correcting code computed anew. */
import { forgeBack } from '../forge-back.ts';

export const flipBits = forgeBack(async ({ genuineBack }, { chance }) => {
  const ciphertext = genuineBack.ciphertext.slice();
  const bits = chance.pick([1, 1, 8, 64]);
  for (let i = 0; i < bits; i++) {
    const at = chance.whole(ciphertext.length);
    ciphertext[at] = (ciphertext[at] as number) ^ (1 << chance.whole(8));
  }
  return { header: genuineBack.header, ciphertext, what: `${bits} bits turned over` };
});
