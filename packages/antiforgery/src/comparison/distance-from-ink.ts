/** Pixels to the nearest ink, counted as a king moves in chess; no farther than `FAR`. */
import type { Bilevel } from '../raster.ts';

export const FAR = 8;

export function distanceFromInk({ width, height, bits }: Bilevel): Uint8Array {
  const distance = new Uint8Array(bits.length);
  for (let at = 0; at < bits.length; at++) distance[at] = bits[at] ? 0 : FAR;
  const take = (at: number, from: number) => {
    const by = (distance[from] as number) + 1;
    if (by < (distance[at] as number)) distance[at] = by;
  };
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      if (x > 0) take(at, at - 1);
      if (y === 0) continue;
      take(at, at - width);
      if (x > 0) take(at, at - width - 1);
      if (x < width - 1) take(at, at - width + 1);
    }
  for (let y = height - 1, at = bits.length - 1; y >= 0; y--)
    for (let x = width - 1; x >= 0; x--, at--) {
      if (x < width - 1) take(at, at + 1);
      if (y === height - 1) continue;
      take(at, at + width);
      if (x < width - 1) take(at, at + width + 1);
      if (x > 0) take(at, at + width - 1);
    }
  return distance;
}
