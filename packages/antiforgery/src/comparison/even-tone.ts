/** Every place of the straightened photo on one scale: 0 is the paper there with the mean of its tint, 1 is solid ink. */
import type { Bilevel } from '../raster.ts';
import { alongBlocks } from './along-blocks.ts';
import { emptyPlane, type Plane } from './plane.ts';
import { median, quantile } from './quantile.ts';

const BLOCK = 48;
/** Pixels from ink where strokes no longer shine. */
const AWAY = 4;
const PAPER_PIXELS_MIN = 100;
const SOLID_MIN = 50;
/** One in so many of the pixels of ink is enough to tell how dark it is. */
const SPARSE = 4;

export interface EvenTone {
  readonly tone: Plane;
  /** Darkness of the paper around each pixel. */
  readonly paper: Float32Array;
  /** Darkness of solid ink over its paper; the contrast of the photo. */
  readonly contrast: number;
}

export function evenTone(photo: Plane, sealed: Bilevel, distance: Uint8Array): EvenTone {
  const paper = paperOf(photo, distance);
  const contrast = Math.max(0.02, inkOf(photo, sealed, paper));
  const tone = emptyPlane(photo.width, photo.height);
  for (let at = 0; at < tone.values.length; at++)
    tone.values[at] = ((photo.values[at] as number) - (paper[at] as number)) / contrast;
  return { tone, paper, contrast };
}

function paperOf({ width, height, values }: Plane, distance: Uint8Array): Float32Array {
  const [columns, rows] = [Math.ceil(width / BLOCK), Math.ceil(height / BLOCK)];
  const means = emptyPlane(columns, rows);
  for (let j = 0; j < rows; j++)
    for (let i = 0; i < columns; i++) {
      let [n, sum] = [0, 0];
      for (let y = j * BLOCK; y < Math.min(height, (j + 1) * BLOCK); y++)
        for (let x = i * BLOCK, at = y * width + x; x < Math.min(width, (i + 1) * BLOCK); x++, at++)
          if (isPaper(distance[at] as number)) {
            n++;
            sum += values[at] as number;
          }
      means.values[j * columns + i] = n >= PAPER_PIXELS_MIN ? sum / n : Number.NaN;
    }
  const usual = median([...means.values].filter((mean) => !Number.isNaN(mean)));
  const known = { ...means, values: means.values.map((mean) => (Number.isNaN(mean) ? usual : mean)) };
  const out = new Float32Array(values.length);
  for (let y = 0; y < height; y++) alongBlocks(known, BLOCK, y, out.subarray(y * width, (y + 1) * width));
  return out;
}

/** Where ink is all around; of a page without any such place, the darkest of the ink. */
function inkOf({ width, values }: Plane, { bits }: Bilevel, paper: Float32Array): number {
  const solid: number[] = [];
  const any: number[] = [];
  for (let at = width + 1, inked = 0; at < bits.length - width - 1; at++) {
    if (!bits[at]) continue;
    if (isSolid(bits, width, at)) solid.push((values[at] as number) - (paper[at] as number));
    else if (inked++ % SPARSE === 0) any.push((values[at] as number) - (paper[at] as number));
  }
  return solid.length > SOLID_MIN ? quantile(solid, 0.6) : quantile(any, 0.85);
}

function isSolid(bits: Uint8Array, width: number, at: number): boolean {
  return Boolean(
    bits[at - 1] &&
      bits[at + 1] &&
      bits[at - width] &&
      bits[at + width] &&
      bits[at - width - 1] &&
      bits[at - width + 1] &&
      bits[at + width - 1] &&
      bits[at + width + 1],
  );
}

export const isPaper = (distance: number): boolean => distance >= AWAY;
