/**
 * One side of a sheet as the printer’s controller draws it at 600 dpi: nothing smoothed, colours as light, and the plane of black toner. pdfium gives
 * red, green and blue only. Black is got back from them as engines do it (a grey is black toner alone, a colour keeps the part that all its toners
 * share), except in pictures in DeviceCMYK, which say themselves how much black they have.
 */
import { type Pdfium, withDocument, withMemory, withPage } from '@machikado/inspection';
import type { ColourPlanes, Raster } from '@machikado/simulators';
import { type CmykPicture, cmykPicturesOn } from './cmyk-pictures.ts';
import type { PrintedSide } from './printed-side.ts';

export const printerDpi = 600;
export const sheetPx = { width: 4961, height: 7016 } as const;

const BAND = 877;
const BGRX = 3;
/** For printing, without smoothing of text, pictures, paths. */
const FLAGS = 0x800 | 0x1000 | 0x2000 | 0x4000;
/** pdfium shows full black of DeviceCMYK as this grey, which to the printer is full ink. */
const SHOWN_BLACK = 35;
const FULL = Uint8Array.from({ length: 256 }, (_, shown) =>
  Math.max(0, Math.round(((shown - SHOWN_BLACK) * 255) / (255 - SHOWN_BLACK))),
);
/** Apart by more than this, a pixel has a colour; the greys of the detection image differ by less. */
const COLOURED = 40;
const COLOURED_MIN_PX = 200;

export function drawSide(pdfium: Pdfium, pdf: Uint8Array, index: number): PrintedSide {
  return withDocument(pdfium, pdf, (doc) => withPage(pdfium, doc, index, (page) => drawPrinted(pdfium, page)));
}

function drawPrinted(pdfium: Pdfium, page: number): PrintedSide {
  const { colours, coloured } = drawPlanes(pdfium, page);
  const black = brightest(colours);
  for (const picture of cmykPicturesOn(pdfium, page)) setBlack(black, picture, pdfium._FPDF_GetPageHeightF(page));
  return { page: coloured ? colours : colours.green, black };
}

function drawPlanes(pdfium: Pdfium, page: number): { colours: ColourPlanes; coloured: boolean } {
  const { width, height } = sheetPx;
  const plane = (): Raster => ({ width, height, data: new Uint8Array(width * height) });
  const [red, green, blue] = [plane(), plane(), plane()];
  // The page at its own size: it may be a hair smaller or larger than the sheet.
  const pageWidth = Math.round((pdfium._FPDF_GetPageWidthF(page) * printerDpi) / 72);
  const pageHeight = Math.round((pdfium._FPDF_GetPageHeightF(page) * printerDpi) / 72);
  const stride = width * 4;
  let coloured = 0;
  withMemory(pdfium, stride * BAND, (buffer) => {
    for (let top = 0; top < height; top += BAND) {
      const rows = Math.min(BAND, height - top);
      pdfium.HEAPU8.fill(255, buffer, buffer + stride * rows);
      const bitmap = pdfium._FPDFBitmap_CreateEx(width, rows, BGRX, buffer, stride);
      pdfium._FPDF_RenderPageBitmap(bitmap, page, 0, -top, pageWidth, pageHeight, 0, FLAGS);
      pdfium._FPDFBitmap_Destroy(bitmap);
      const shown = pdfium.HEAPU8;
      let at = top * width;
      for (let from = buffer; from < buffer + stride * rows; from += 4, at += 1) {
        const b = shown[from] as number;
        const g = shown[from + 1] as number;
        const r = shown[from + 2] as number;
        if (r - g > COLOURED || g - r > COLOURED || b - g > COLOURED || g - b > COLOURED) coloured += 1;
        red.data[at] = FULL[r] as number;
        green.data[at] = FULL[g] as number;
        blue.data[at] = FULL[b] as number;
      }
    }
  });
  return { colours: { red, green, blue }, coloured: coloured >= COLOURED_MIN_PX };
}

function brightest({ red, green, blue }: ColourPlanes): Raster {
  const data = new Uint8Array(red.data.length);
  for (let at = 0; at < data.length; at += 1) {
    const r = red.data[at] as number;
    const g = green.data[at] as number;
    const b = blue.data[at] as number;
    data[at] = r > g ? (r > b ? r : b) : g > b ? g : b;
  }
  return { width: red.width, height: red.height, data };
}

/** The picture’s own black, at its place. What was painted over it later would be lost; nothing is. */
function setBlack({ width, height, data }: Raster, picture: CmykPicture, pageHeightPt: number): void {
  const px = printerDpi / 72;
  const [a, b, c, d, e, f] = picture.place;
  const determinant = a * d - b * c;
  if (determinant === 0) return;
  const xs = [e, e + a, e + c, e + a + c].map((x) => x * px);
  const ys = [f, f + b, f + d, f + b + d].map((y) => (pageHeightPt - y) * px);
  const right = Math.min(width, Math.ceil(Math.max(...xs)));
  const bottom = Math.min(height, Math.ceil(Math.max(...ys)));
  for (let y = Math.max(0, Math.floor(Math.min(...ys))); y < bottom; y += 1) {
    for (let x = Math.max(0, Math.floor(Math.min(...xs))); x < right; x += 1) {
      const dx = (x + 0.5) / px - e;
      const dy = pageHeightPt - (y + 0.5) / px - f;
      const column = Math.floor(((d * dx - c * dy) / determinant) * picture.width);
      const row = Math.floor((1 - (a * dy - b * dx) / determinant) * picture.height);
      if (column < 0 || row < 0 || column >= picture.width || row >= picture.height) continue;
      data[y * width + x] = 255 - (picture.data[(row * picture.width + column) * 4 + 3] as number);
    }
  }
}
