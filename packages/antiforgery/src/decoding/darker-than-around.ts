/** Black and white by comparison with the surroundings, since a photo is never lit evenly. */
import type { Raster } from '../raster.ts';

/** One byte a pixel, 1 = darker than `share` of the mean within `reach` pixels to each side. */
export function darkerThanAround({ width, height, data }: Raster, reach: number, share: number): Uint8Array {
  const dark = new Uint8Array(width * height);
  const columns = new Int32Array(width);
  const upTo = new Int32Array(width + 1);
  let top = 0;
  let bottom = 0;
  for (let y = 0; y < height; y++) {
    for (; bottom < Math.min(height, y + reach + 1); bottom++) addRow(columns, data, bottom * width, 1);
    for (; top < y - reach; top++) addRow(columns, data, top * width, -1);
    for (let x = 0; x < width; x++) upTo[x + 1] = (upTo[x] as number) + (columns[x] as number);
    for (let x = 0; x < width; x++) {
      const left = x > reach ? x - reach : 0;
      const right = x + reach < width ? x + reach + 1 : width;
      const sum = (upTo[right] as number) - (upTo[left] as number);
      const pixels = (right - left) * (bottom - top);
      if ((data[y * width + x] as number) * pixels < sum * share) dark[y * width + x] = 1;
    }
  }
  return dark;
}

function addRow(columns: Int32Array, data: Uint8Array, offset: number, sign: number): void {
  for (let x = 0; x < columns.length; x++) columns[x] = (columns[x] as number) + sign * (data[offset + x] as number);
}
