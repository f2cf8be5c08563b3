/** The scrambled image as it shines through to the front: its cells at 200 dpi, two pixels each. */
import { cellPx, type Raster } from '@machikado/antiforgery';

const [COLUMNS, ROWS] = [704, 896];
const ORIGIN_PX = 372;
const PER_PIXEL = 3;
const [WIDTH, HEIGHT] = [1654, 2339];
const CELL = cellPx / PER_PIXEL;

export function showThroughOf(cells: Uint8Array): Raster {
  const data = new Uint8Array(WIDTH * HEIGHT).fill(255);
  const origin = ORIGIN_PX / PER_PIXEL;
  for (let y = 0; y < ROWS * CELL; y++)
    for (let x = 0; x < COLUMNS * CELL; x++) {
      const cell = (y >> 1) * COLUMNS + (x >> 1);
      if (((cells[cell >> 3] as number) >> (7 - (cell & 7))) & 1) data[(y + origin) * WIDTH + x + origin] = 0;
    }
  return { width: WIDTH, height: HEIGHT, data };
}
