/**
 * A photo of a sheet: its brightness and that of its halves, and how bright the paper is around each place. Light and shadow go out by dividing the
 * one by the other; what is left is ink. The paper is the brighter part of a neighbourhood of about half a centimetre.
 */
import { halve } from '../decoding/shrink.ts';
import type { Raster } from '../raster.ts';
import { alongBlocks, blockAt } from './along-blocks.ts';
import { emptyPlane, type Plane } from './plane.ts';

/** Of the long side of the picture: some 6 mm when the sheet fills it. */
const BLOCKS = 48;
const PAPER_SHARE = 0.75;
/** Looked at for the brightness of the paper: every so manieth line and column. */
const SPARSE = 2;
const SMALLEST = 64;

export interface Sight {
  /** The photo and its halves. */
  readonly levels: readonly Raster[];
  /** Brightness of the paper, one number a block. */
  readonly paper: Plane;
  /** Side of a block, photo pixels. */
  readonly block: number;
}

export function sightOf(photo: Raster): Sight {
  const levels = [photo];
  for (let last = photo; Math.min(last.width, last.height) > SMALLEST; levels.push(last)) last = halve(last);
  const block = Math.max(8, Math.ceil(Math.max(photo.width, photo.height) / BLOCKS));
  return { levels, paper: paperBrightness(photo, block), block };
}

export const paperAt = ({ paper, block }: Sight, x: number, y: number): number => blockAt(paper, x / block, y / block);

/** Darkness of a whole level: 0 = paper, 1 = black. */
export function darknessOf({ levels, paper, block }: Sight, level: number): Plane {
  const { width, height, data } = levels[level] as Raster;
  const plane = emptyPlane(width, height);
  const line = new Float32Array(width);
  for (let y = 0; y < height; y++) {
    alongBlocks(paper, block / 2 ** level, y, line);
    for (let x = 0, at = y * width; x < width; x++, at++)
      plane.values[at] = Math.max(-0.5, 1 - (data[at] as number) / (line[x] as number));
  }
  return plane;
}

function paperBrightness({ width, height, data }: Raster, block: number): Plane {
  const paper = emptyPlane(Math.ceil(width / block), Math.ceil(height / block));
  const counts = new Uint32Array(256);
  for (let j = 0; j < paper.height; j++)
    for (let i = 0; i < paper.width; i++) {
      counts.fill(0);
      let n = 0;
      const right = Math.min(width, (i + 1) * block);
      for (let y = j * block; y < Math.min(height, (j + 1) * block); y += SPARSE)
        for (let x = i * block; x < right; x += SPARSE, n++) {
          const grey = data[y * width + x] as number;
          counts[grey] = (counts[grey] as number) + 1;
        }
      let grey = 0;
      for (let below = counts[0] as number; below < n * PAPER_SHARE && grey < 255; below += counts[grey] as number)
        grey++;
      paper.values[j * paper.width + i] = Math.max(1, grey);
    }
  return paper;
}
