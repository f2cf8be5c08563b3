/** Where two pictures of one page differ by more than a pixel's shift. */
import type { Bilevel } from '@machikado/antiforgery';

/** Left, top, right, bottom (one beyond), and how many pixels differ for sure. */
export type Region = readonly [number, number, number, number, number];

const JOIN = 6;

export function regionsOf(one: Bilevel, other: Bilevel): Region[] {
  const { width, height } = one;
  const open = new Set<number>();
  for (let at = 0; at < one.bits.length; at++) if (one.bits[at] !== other.bits[at]) open.add(at);
  const regions: Region[] = [];
  for (const first of open) {
    open.delete(first);
    const queue = [first];
    let [left, top, right, bottom, sure] = [width, height, 0, 0, 0];
    for (let n = 0; n < queue.length; n++) {
      const at = queue[n] as number;
      const x = at % width;
      const y = (at - x) / width;
      [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
      if (isSure(one, other, x, y)) sure++;
      for (let dy = -JOIN; dy <= JOIN; dy++)
        for (let dx = -JOIN; dx <= JOIN; dx++) {
          const next = at + dy * width + dx;
          if (open.delete(next)) queue.push(next);
        }
    }
    regions.push([left, top, right + 1, bottom + 1, sure]);
  }
  return regions;
}

/** Ink in one, and none within a pixel in the other. */
function isSure(one: Bilevel, other: Bilevel, x: number, y: number): boolean {
  const bare = one.bits[y * one.width + x] ? other : one;
  for (let dy = -1; dy <= 1; dy++)
    for (let dx = -1; dx <= 1; dx++) if (bare.bits[(y + dy) * bare.width + x + dx]) return false;
  return true;
}
