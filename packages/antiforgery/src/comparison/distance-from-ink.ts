/** Pixels to the nearest ink, counted as a king moves in chess; no farther than `FAR`. */
import type { Bilevel } from '../raster.ts';

const FAR = 8;

export function distanceFromInk({ width, height, bits }: Bilevel): Uint8Array {
  // A border of one pixel, so that every pixel has all its neighbours.
  const across = width + 2;
  const distance = new Uint8Array(across * (height + 2)).fill(FAR);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0, to = (y + 1) * across + 1; x < width; x++, at++, to++) if (bits[at]) distance[to] = 0;
  const inner = { first: across + 1, last: across * (height + 1) - 2 };
  for (let at = inner.first; at <= inner.last; at++) nearer(distance, at, -1, -across - 1, -across, -across + 1);
  for (let at = inner.last; at >= inner.first; at--) nearer(distance, at, 1, across - 1, across, across + 1);
  const out = new Uint8Array(bits.length);
  for (let y = 0; y < height; y++) {
    const from = (y + 1) * across + 1;
    out.set(distance.subarray(from, from + width), y * width);
  }
  return out;
}

function nearer(distance: Uint8Array, at: number, a: number, b: number, c: number, d: number): void {
  const here = distance[at] as number;
  if (here === 0) return;
  let least = distance[at + a] as number;
  if ((distance[at + b] as number) < least) least = distance[at + b] as number;
  if ((distance[at + c] as number) < least) least = distance[at + c] as number;
  if ((distance[at + d] as number) < least) least = distance[at + d] as number;
  if (least + 1 < here) distance[at] = least + 1;
}
