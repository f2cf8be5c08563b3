/** A picture at a whole fraction of its resolution: each pixel is the mean of a square. */
import type { Raster } from '@machikado/antiforgery';

export function averaged({ width, height, data }: Raster, n: number): Raster {
  const columns = Math.floor(width / n);
  const rows = Math.floor(height / n);
  const out = new Uint8Array(columns * rows);
  const sums = new Uint16Array(columns);
  const area = n * n;
  for (let row = 0; row < rows; row += 1) {
    sums.fill(area >> 1);
    for (let line = row * n; line < row * n + n; line += 1) {
      let at = line * width;
      for (let column = 0; column < columns; column += 1) {
        let sum = 0;
        for (let i = 0; i < n; i += 1) sum += data[at++] as number;
        sums[column] = (sums[column] as number) + sum;
      }
    }
    for (let column = 0; column < columns; column += 1) out[row * columns + column] = (sums[column] as number) / area;
  }
  return { width: columns, height: rows, data: out };
}
