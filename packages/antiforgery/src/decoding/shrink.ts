/** Smaller pictures of a photo. Each pixel is the mean of what it covers, so that nothing aliases. */
import type { Raster } from '../raster.ts';

export function halve({ width, height, data }: Raster): Raster {
  const [w, h] = [width >> 1, height >> 1];
  const out = new Uint8Array(w * h);
  for (let y = 0; y < h; y++) {
    const upper = 2 * y * width;
    const lower = upper + width;
    for (let x = 0, o = y * w, s = 0; x < w; x++, s += 2)
      out[o + x] =
        ((data[upper + s] as number) +
          (data[upper + s + 1] as number) +
          (data[lower + s] as number) +
          (data[lower + s + 1] as number) +
          2) >>
        2;
  }
  return { width: w, height: h, data: out };
}

/** To this many pixels on the longer side; a smaller picture stays as it is. */
export function shrinkTo(picture: Raster, longSide: number): Raster {
  const scale = longSide / Math.max(picture.width, picture.height);
  if (scale >= 1) return picture;
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const data = new Uint8Array(width * height);
  const sums = new Float32Array(picture.width);
  for (let y = 0; y < height; y++) {
    addRows(sums, picture, (y * picture.height) / height, ((y + 1) * picture.height) / height);
    gather(sums, data, y * width, width, picture.height / height);
  }
  return { width, height, data };
}

/** Columns of the band between two heights, each row by the share of it that lies inside. */
function addRows(sums: Float32Array, { width, height, data }: Raster, top: number, bottom: number): void {
  sums.fill(0);
  for (let row = Math.floor(top); row < Math.min(height, bottom); row++) {
    const share = Math.min(row + 1, bottom) - Math.max(row, top);
    for (let x = 0, o = row * width; x < width; x++) sums[x] = (sums[x] as number) + share * (data[o + x] as number);
  }
}

function gather(sums: Float32Array, out: Uint8Array, offset: number, width: number, rows: number): void {
  const step = sums.length / width;
  for (let x = 0; x < width; x++) {
    const [left, right] = [x * step, Math.min(sums.length, (x + 1) * step)];
    let sum = 0;
    for (let column = Math.floor(left); column < right; column++)
      sum += (Math.min(column + 1, right) - Math.max(column, left)) * (sums[column] as number);
    out[offset + x] = Math.min(255, sum / (step * rows) + 0.5);
  }
}

/** The photo and smaller ones, each made when it is first asked for. */
export interface Pyramid {
  /** 0 is the photo itself. */
  level(n: number): Raster;
  /** A picture with this long side, made from the smallest half that is large enough. */
  withLongSide(pixels: number): Raster;
}

export function pyramidOf(photo: Raster): Pyramid {
  const levels = [photo];
  const level = (n: number): Raster => {
    while (levels.length <= n) levels.push(halve(levels.at(-1) as Raster));
    return levels[n] as Raster;
  };
  const shrunk = new Map<number, Raster>();
  const withLongSide = (pixels: number): Raster => {
    const known = shrunk.get(pixels);
    if (known) return known;
    const ratio = Math.max(photo.width, photo.height) / pixels;
    const picture = shrinkTo(level(Math.max(0, Math.floor(Math.log2(ratio)))), pixels);
    shrunk.set(pixels, picture);
    return picture;
  };
  return { level, withLongSide };
}
