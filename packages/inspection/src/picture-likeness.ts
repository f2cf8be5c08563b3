/**
 * 印影の照合: is what is on the page the stored picture, dot for dot? The raster of pdfium gives each picture the whole pixels that it
 * touches, and each pixel the mean of the dots that fall on it; the same is worked out here from the stored picture.
 */
import type { Bilevel } from './bilevel-png.ts';
import type { Box } from './geometry.ts';
import type { PageReading } from './page-reading.ts';

/** Ink that stands elsewhere, both ways, as a share of all ink: 0 = the same picture, 2 = nothing in common. */
export function pictureDifference({ raster, widthMm, heightMm }: PageReading, box: Box, picture: Bilevel): number {
  const [across, down] = [raster.width / widthMm, raster.height / heightMm];
  const [left, top] = [Math.floor(box.xMm * across), Math.floor(box.yMm * down)];
  const width = Math.ceil((box.xMm + box.wMm) * across) - left;
  const height = Math.ceil((box.yMm + box.hMm) * down) - top;
  const expected = shrink(picture, width, height);
  let differing = 0;
  let all = 0;
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const seen = 1 - (raster.data[(top + y) * raster.width + left + x] ?? 255) / 255;
      const should = expected[y * width + x] as number;
      differing += Math.abs(seen - should);
      all += should;
    }
  return all === 0 ? 2 : differing / all;
}

/** Mean of the dots under each pixel. */
function shrink({ width, height, ink }: Bilevel, columns: number, rows: number): Float32Array {
  const across = sharesOf(width, columns);
  const down = sharesOf(height, rows);
  const pixels = new Float32Array(columns * rows);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      if (ink[y * width + x] === 0) continue;
      for (const [row, tall] of down[y] as Share[])
        for (const [column, wide] of across[x] as Share[]) {
          const at = row * columns + column;
          pixels[at] = (pixels[at] as number) + tall * wide;
        }
    }
  return pixels;
}

/** How much of which pixel a dot covers. */
type Share = readonly [pixel: number, share: number];

function sharesOf(dots: number, pixels: number): Share[][] {
  const scale = pixels / dots;
  return Array.from({ length: dots }, (_, dot) => {
    const [from, to] = [dot * scale, (dot + 1) * scale];
    const first = Math.floor(from);
    const count = Math.min(pixels, Math.ceil(to - 1e-9)) - first;
    return Array.from({ length: count }, (_, i): Share => {
      const pixel = first + i;
      return [pixel, Math.min(to, pixel + 1) - Math.max(from, pixel)];
    });
  });
}
