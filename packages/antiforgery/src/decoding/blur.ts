/** Blur, so that single cells melt into grey and the large bullseyes stand out: mean of a square, several times over. */
import type { Raster } from '../raster.ts';

/** One pass for each reach: a square of 2 · reach + 1 pixels. At the edge it takes in what there is. */
export function blur(picture: Raster, reaches: readonly number[]): Raster {
  return reaches.reduce(meanOfSquare, picture);
}

function meanOfSquare({ width, height, data }: Raster, reach: number): Raster {
  const out = new Uint8Array(width * height);
  const columns = new Int32Array(width + 2 * reach + 1);
  const shares = Float64Array.from(
    { length: width },
    (_, x) => 1 / (Math.min(width, x + reach + 1) - Math.max(0, x - reach)),
  );
  let top = 0;
  let bottom = 0;
  for (let y = 0; y < height; y++) {
    for (; bottom < Math.min(height, y + reach + 1); bottom++) addRow(columns, data, bottom * width, width, reach, 1);
    for (; top < y - reach; top++) addRow(columns, data, top * width, width, reach, -1);
    const share = 1 / (bottom - top);
    let sum = 0;
    for (let x = 0; x < 2 * reach; x++) sum += columns[x] as number;
    for (let x = 0, o = y * width; x < width; x++, o++) {
      sum += columns[x + 2 * reach] as number;
      out[o] = sum * share * (shares[x] as number) + 0.5;
      sum -= columns[x] as number;
    }
  }
  return { width, height, data: out };
}

/** The columns begin and end with `reach` empty ones. */
function addRow(columns: Int32Array, data: Uint8Array, from: number, width: number, reach: number, sign: 1 | -1) {
  for (let x = 0; x < width; x++)
    columns[x + reach] = (columns[x + reach] as number) + sign * (data[from + x] as number);
}
