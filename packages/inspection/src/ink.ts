/**
 * Ink: how dark the picture is at a place. Some PDF libraries print blanks that extract correctly as text, so text alone
 * proves nothing about paper.
 */
import type { Box } from './geometry.ts';
import type { Glyph, PageReading, Raster } from './page-reading.ts';
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
  const pixels = pixelsOf(page, box);
  const count = Math.max(0, pixels.right - pixels.left) * Math.max(0, pixels.bottom - pixels.top);
  return count === 0 ? 0 : darknessOf(page.raster, pixels) / 255 / count;
}

interface Pixels {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** 0 for paper, 255 for black, all pixels together. A sheet is mostly bare paper, which is passed over sixteen pixels at a time. */
function darknessOf({ width, data }: Raster, { left, right, top, bottom }: Pixels): number {
  const fours = foursOf(data);
  let dark = 0;
  for (let y = top; y < bottom; y += 1) {
    let at = y * width + left;
    const end = y * width + right;
    for (; at < end && (at & 3) !== 0; at += 1) dark += 255 - (data[at] as number);
    for (; fours && at + 16 <= end; at += 16) {
      const i = at >> 2;
      const [a, b, c, d] = [fours[i], fours[i + 1], fours[i + 2], fours[i + 3]] as [number, number, number, number];
      if ((a & b & c & d) !== -1) dark += darknessOfFour(a) + darknessOfFour(b) + darknessOfFour(c) + darknessOfFour(d);
    }
    for (; at < end; at += 1) dark += 255 - (data[at] as number);
  }
  return dark;
}

function darknessOfFour(four: number): number {
  return 1020 - (four & 255) - ((four >> 8) & 255) - ((four >> 16) & 255) - (four >>> 24);
}

const remembered = new WeakMap<Uint8Array, Int32Array>();

/** The same memory in other words; nothing where it does not begin with a whole one. */
function foursOf(data: Uint8Array): Int32Array | undefined {
  if (data.byteOffset % 4 !== 0) return undefined;
  const fours = remembered.get(data) ?? new Int32Array(data.buffer, data.byteOffset, data.length >> 2);
  remembered.set(data, fours);
  return fours;
}

/** Every pixel that the box touches. */
function pixelsOf({ raster: { width, height } }: PageReading, box: Box): Pixels {
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

/** In square millimetres of black. */
function massOf(page: PageReading, box: Box): number {
  return darknessOf(page.raster, pixelsOf(page, box)) / 255 / PIXELS_PER_MM ** 2;
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
