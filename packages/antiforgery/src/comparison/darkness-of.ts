/**
 * How dark a photo is against the paper around each place: light, shadow and the tint of the copy warning go out, what is left is ink.
 * The paper is the brighter part of a neighbourhood of about half a centimetre.
 */
import type { Raster } from '../raster.ts';
import { alongBlocks } from './along-blocks.ts';
import { emptyPlane, type Plane } from './plane.ts';

/** Of the long side of the picture: some 6 mm when the sheet fills it. */
const BLOCKS = 48;
const PAPER_SHARE = 0.75;

export function darknessOf(picture: Raster): Plane {
  const { width, height, data } = picture;
  const block = Math.max(8, Math.ceil(Math.max(width, height) / BLOCKS));
  const paper = paperBrightness(picture, block);
  const plane = emptyPlane(width, height);
  const line = new Float32Array(width);
  for (let y = 0; y < height; y++) {
    alongBlocks(paper, block, y, line);
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
      for (let y = j * block; y < Math.min(height, (j + 1) * block); y++)
        for (let x = i * block; x < Math.min(width, (i + 1) * block); x++, n++) {
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
