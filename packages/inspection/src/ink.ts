/**
 * Ink: how dark the picture is at a place. Some PDF libraries print blanks that extract correctly as text, so text alone
 * proves nothing about paper.
 */
import type { Box } from './geometry.ts';
import type { Glyph, PageReading } from './page-reading.ts';
import { rasterDpi } from './raster-digest.ts';
import { lettersOf } from './text.ts';

const PIXELS_PER_MM = rasterDpi / 25.4;
/**
 * The faintest letters of a Japanese serif face, set in the smallest size and read at 200 dpi, cover a tenth of the box round
 * their outline; white text covers nothing.
 */
const FAINTEST_LETTER = 0.05;

/** Mean darkness of the box, 0 = bare paper, 1 = black. */
export function inkIn(page: PageReading, box: Box): number {
  const { width, height, data } = page.raster;
  const left = clamp(Math.floor(box.xMm * PIXELS_PER_MM), width);
  const right = clamp(Math.ceil((box.xMm + box.wMm) * PIXELS_PER_MM), width);
  const top = clamp(Math.floor(box.yMm * PIXELS_PER_MM), height);
  const bottom = clamp(Math.ceil((box.yMm + box.hMm) * PIXELS_PER_MM), height);
  const pixels = (right - left) * (bottom - top);
  if (pixels <= 0) return 0;
  let dark = 0;
  for (let y = top; y < bottom; y += 1)
    for (let x = y * width + left, end = y * width + right; x < end; x += 1) dark += 255 - (data[x] as number);
  return dark / 255 / pixels;
}

/** A letter without ink: no outline at all, or an outline that left nothing on the paper. */
export function isBlank(page: PageReading, glyph: Glyph): boolean {
  if (lettersOf(glyph.text) === '') return false;
  if (glyph.box.wMm <= 0 || glyph.box.hMm <= 0) return true;
  return inkIn(page, glyph.box) < FAINTEST_LETTER;
}

function clamp(pixel: number, max: number): number {
  return Math.min(Math.max(pixel, 0), max);
}
