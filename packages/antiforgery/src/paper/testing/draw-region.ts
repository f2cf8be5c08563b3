/** Part of a page as pdfium draws it at 600 dpi: what a printer of that resolution would be told. */
import { loadPdfium, type Pdfium, withDocument, withMemory, withPage } from '@machikado/inspection';
import type { Raster } from '../../raster.ts';
import { type PxBox, sheetPx } from '../places.ts';

const GREY_BITMAP = 1;
const FOR_PRINTING = 0x800;
let library: Promise<Pdfium> | undefined;

export async function pagesOf(pdf: Uint8Array): Promise<number> {
  const pdfium = await opened();
  return withDocument(pdfium, pdf, (doc) => pdfium._FPDF_GetPageCount(doc));
}

/** `page` counts from 1. */
export async function drawRegion(pdf: Uint8Array, page: number, { x, y, width, height }: PxBox): Promise<Raster> {
  const pdfium = await opened();
  const draw = (loaded: number) =>
    withMemory(pdfium, width * height, (pixels) => {
      const bitmap = pdfium._FPDFBitmap_CreateEx(width, height, GREY_BITMAP, pixels, width);
      pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff);
      pdfium._FPDF_RenderPageBitmap(bitmap, loaded, -x, -y, sheetPx.width, sheetPx.height, 0, FOR_PRINTING);
      const data = pdfium.HEAPU8.slice(pixels, pixels + width * height);
      pdfium._FPDFBitmap_Destroy(bitmap);
      return { width, height, data };
    });
  return withDocument(pdfium, pdf, (doc) => withPage(pdfium, doc, page - 1, draw));
}

function opened(): Promise<Pdfium> {
  library ??= loadPdfium();
  return library;
}
