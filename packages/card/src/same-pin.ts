/** The compare inside VERIFY: neither the digits nor their number show in the time it takes. */
import { timingSafeEqual } from 'node:crypto';

export const PIN_BYTES_MAX = 16;

export function samePin(presented: Uint8Array, pin: string): boolean {
  const blocks = [presented, Buffer.from(pin, 'latin1')].map((bytes) => {
    const block = new Uint8Array(PIN_BYTES_MAX + 1);
    block.set(bytes);
    block[PIN_BYTES_MAX] = bytes.length;
    return block;
  });
  const [left, right] = blocks as [Uint8Array, Uint8Array];
  const same = timingSafeEqual(left, right);
  for (const block of blocks) block.fill(0);
  return same;
}
