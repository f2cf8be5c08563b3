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
 * The faintest letters of a Japanese serif face (三), set in the smallest size and read at 200 dpi, cover a tenth of the box round
 * their outline, and a mere slope (＼) a twenty-fifth; white text covers nothing.
 */
const FAINTEST_LETTER = 0.03;
/** Half the width of the thickest line of a grid, and a pixel. */
const EDGE = 0.35;

/** Mean darkness of the box, 0 = bare paper, 1 = black. */
export function inkIn(page: PageReading, box: Box): number {
  const { width, data } = page.raster;
  const { left, right, top, bottom } = pixelsOf(page, box);
  if (right <= left || bottom <= top) return 0;
  let dark = 0;
  for (let y = top; y < bottom; y += 1)
    for (let x = y * width + left, end = y * width + right; x < end; x += 1) dark += 255 - (data[x] as number);
  return dark / 255 / ((right - left) * (bottom - top));
}

/** Every pixel that the box touches. */
function pixelsOf({ raster: { width, height } }: PageReading, box: Box) {
  return {
    left: clamp(Math.floor(box.xMm * PIXELS_PER_MM), width),
    right: clamp(Math.ceil((box.xMm + box.wMm) * PIXELS_PER_MM), width),
    top: clamp(Math.floor(box.yMm * PIXELS_PER_MM), height),
    bottom: clamp(Math.ceil((box.yMm + box.hMm) * PIXELS_PER_MM), height),
  };
}

/** Ink inside the box that none of these glyphs explains, as mean darkness; the lines of the grid along its edges do not count. */
export function strayInkIn(page: PageReading, box: Box, glyphs: readonly Glyph[]): number {
  const inner = { xMm: box.xMm + EDGE, yMm: box.yMm + EDGE, wMm: box.wMm - 2 * EDGE, hMm: box.hMm - 2 * EDGE };
  const explained = glyphs.reduce((sum, glyph) => sum + massOf(page, withEdge(glyph.box)), 0);
  return (massOf(page, inner) - explained) / (inner.wMm * inner.hMm);
}

/** pdfium moves each glyph to whole pixels, so a stroke at its edge may stand half a pixel outside of its box. */
function withEdge({ xMm, yMm, wMm, hMm }: Box): Box {
  const edge = 0.5 / PIXELS_PER_MM;
  return { xMm: xMm - edge, yMm: yMm - edge, wMm: wMm + 2 * edge, hMm: hMm + 2 * edge };
}

function massOf(page: PageReading, box: Box): number {
  const { left, right, top, bottom } = pixelsOf(page, box);
  return (inkIn(page, box) * Math.max(0, right - left) * Math.max(0, bottom - top)) / PIXELS_PER_MM ** 2;
}

/** A letter without ink: no outline at all, or an outline that left nothing on the paper. */
export function isBlank(page: PageReading, glyph: Glyph): boolean {
  if (lettersOf(glyph.text) === '') return false;
  if (glyph.box.wMm <= 0 || glyph.box.hMm <= 0) return true;
  return inkIn(page, withEdge(glyph.box)) < FAINTEST_LETTER;
}

function clamp(pixel: number, max: number): number {
  return Math.min(Math.max(pixel, 0), max);
}
