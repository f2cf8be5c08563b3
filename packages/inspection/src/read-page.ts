/** One page: its size, its glyphs, its picture. */
import type { Glyph, PageLetters, PageReading, Raster } from './page-reading.ts';
import { PdfRefusal } from './pdf-refusal.ts';
import { type Pdfium, withMemory } from './pdfium.ts';
import { digestOfRaster, rasterDpi } from './raster-digest.ts';
import { readDrawings } from './read-drawings.ts';
import { readReplaced } from './read-replaced.ts';
import { readingLimits } from './reading-limits.ts';

const MM_PER_POINT = 25.4 / 72;
const FORMAT_GREY = 1;
const RENDER_GREY = 0x08;

export function readPage(pdfium: Pdfium, page: number, number: number): PageReading {
  const size = plainSizeOf(pdfium, page);
  const raster = rasterise(pdfium, page, size);
  const drawings = readDrawings(pdfium, page, size.heightPt);
  return { ...lettersOf(pdfium, page, number, size), drawings, raster, digest: digestOfRaster(raster) };
}

export function readLetters(pdfium: Pdfium, page: number, number: number): PageLetters {
  return lettersOf(pdfium, page, number, plainSizeOf(pdfium, page));
}

interface Size {
  readonly widthPt: number;
  readonly heightPt: number;
}

function plainSizeOf(pdfium: Pdfium, page: number): Size {
  const widthPt = pdfium._FPDF_GetPageWidthF(page);
  const heightPt = pdfium._FPDF_GetPageHeightF(page);
  refuseStrangeGeometry(pdfium, page, widthPt, heightPt);
  if (pdfium._FPDFPage_GetAnnotCount(page) !== 0) throw new PdfRefusal('active-content');
  return { widthPt, heightPt };
}

function lettersOf(pdfium: Pdfium, page: number, number: number, { widthPt, heightPt }: Size): PageLetters {
  return {
    number,
    widthMm: widthPt * MM_PER_POINT,
    heightMm: heightPt * MM_PER_POINT,
    glyphs: readGlyphs(pdfium, page, heightPt),
  };
}

/** Places are measured from the corner of the paper: a turned or cropped page would move them. */
function refuseStrangeGeometry(pdfium: Pdfium, page: number, width: number, height: number): void {
  const sides = [width * MM_PER_POINT, height * MM_PER_POINT];
  const sane = sides.every((side) => side >= readingLimits.sideMmMin && side <= readingLimits.sideMmMax);
  const upright = pdfium._FPDFPage_GetRotation(page) === 0;
  const whole = withMemory(pdfium, 16, (p) => {
    const is = (found: number) => {
      if (found === 0) return true;
      const [left, bottom, right, top] = Array.from({ length: 4 }, (_, i) => pdfium.HEAPF32[(p >> 2) + i] as number);
      return left === 0 && bottom === 0 && near(right, width) && near(top, height);
    };
    return (
      is(pdfium._FPDFPage_GetMediaBox(page, p, p + 4, p + 8, p + 12)) &&
      is(pdfium._FPDFPage_GetCropBox(page, p, p + 4, p + 8, p + 12))
    );
  });
  if (!sane || !upright || !whole) throw new PdfRefusal('page-geometry');
}

function near(a: number | undefined, b: number): boolean {
  return a !== undefined && Math.abs(a - b) < 0.01;
}

function rasterise(pdfium: Pdfium, page: number, { widthPt, heightPt }: Size): Raster {
  const width = Math.round((widthPt * rasterDpi) / 72);
  const height = Math.round((heightPt * rasterDpi) / 72);
  return withMemory(pdfium, width * height, (pointer) => {
    pdfium.HEAPU8.fill(255, pointer, pointer + width * height);
    // Rows without a gap between them are taken out in one piece.
    const bitmap = pdfium._FPDFBitmap_CreateEx(width, height, FORMAT_GREY, pointer, width);
    if (bitmap === 0) throw new PdfRefusal('page-geometry');
    pdfium._FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, RENDER_GREY);
    pdfium._FPDFBitmap_Destroy(bitmap);
    return { width, height, data: pdfium.HEAPU8.slice(pointer, pointer + width * height) };
  });
}

function readGlyphs(pdfium: Pdfium, page: number, heightPt: number): Glyph[] {
  const text = pdfium._FPDFText_LoadPage(page);
  if (text === 0) throw new PdfRefusal('not-a-pdf');
  try {
    const count = pdfium._FPDFText_CountChars(text);
    if (count > readingLimits.glyphsPerPageMax) throw new PdfRefusal('too-complex');
    const replaced = readReplaced(pdfium, page, heightPt);
    const isReplaced = (index: number) =>
      replaced.size > 0 && replaced.has(pdfium._FPDFText_GetTextObject(text, index));
    const chars = withMemory(pdfium, 72, (pointer) => readChars(pdfium, text, count, pointer, isReplaced));
    return [...joinGlyphs(chars, heightPt), ...replaced.values()];
  } finally {
    pdfium._FPDFText_ClosePage(text);
  }
}

interface Char {
  readonly unit: number;
  /** left, right, bottom, top, x and y of the pen; points from the bottom left corner. */
  readonly at: readonly [number, number, number, number, number, number];
  readonly size: number;
}

/** Characters that pdfium adds itself (line breaks, spaces between columns) are not on the page. */
function readChars(
  pdfium: Pdfium,
  text: number,
  count: number,
  p: number,
  isReplaced: (index: number) => boolean,
): Char[] {
  const chars: Char[] = [];
  for (let i = 0; i < count; i += 1) {
    if (pdfium._FPDFText_IsGenerated(text, i) === 1 || isReplaced(i)) continue;
    pdfium._FPDFText_GetCharBox(text, i, p, p + 8, p + 16, p + 24);
    pdfium._FPDFText_GetCharOrigin(text, i, p + 32, p + 40);
    const [f64, from] = [pdfium.HEAPF64, p >> 3];
    const at = [f64[from], f64[from + 1], f64[from + 2], f64[from + 3], f64[from + 4], f64[from + 5]];
    const size = sizeOf(pdfium, text, i, p + 48);
    chars.push({ unit: pdfium._FPDFText_GetUnicode(text, i), at: at as never as Char['at'], size });
  }
  return chars;
}

/** Size of the font times the height of the text matrix (a b c d e f, as floats). */
function sizeOf(pdfium: Pdfium, text: number, index: number, p: number): number {
  pdfium._FPDFText_GetMatrix(text, index, p);
  const [c, d] = [pdfium.HEAPF32[(p >> 2) + 2], pdfium.HEAPF32[(p >> 2) + 3]] as [number, number];
  return pdfium._FPDFText_GetFontSize(text, index) * Math.hypot(c, d);
}

/** pdfium gives UTF-16 units, and one entry for each unit that a glyph stands for: same place, same glyph. */
function joinGlyphs(chars: readonly Char[], heightPt: number): Glyph[] {
  const groups: { units: number[]; at: Char['at']; size: number }[] = [];
  for (const { unit, at, size } of chars) {
    const last = groups.at(-1);
    if (last && isSamePlace(at, last.at)) last.units.push(unit);
    else groups.push({ units: [unit], at, size });
  }
  return groups.map(({ units, size, at: [left, right, bottom, top, x, y] }) => ({
    text: units.map((unit) => (unit > 0xffff ? String.fromCodePoint(unit) : String.fromCharCode(unit))).join(''),
    box: {
      xMm: left * MM_PER_POINT,
      yMm: (heightPt - top) * MM_PER_POINT,
      wMm: (right - left) * MM_PER_POINT,
      hMm: (top - bottom) * MM_PER_POINT,
    },
    originXMm: x * MM_PER_POINT,
    originYMm: (heightPt - y) * MM_PER_POINT,
    sizeMm: size * MM_PER_POINT,
  }));
}

function isSamePlace(a: Char['at'], b: Char['at']): boolean {
  return a[4] === b[4] && a[5] === b[5] && a[0] === b[0] && a[1] === b[1] && a[2] === b[2] && a[3] === b[3];
}
