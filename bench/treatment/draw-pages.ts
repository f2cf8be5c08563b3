/**
 * Pages as grey rasters at 200 dpi, drawn by pdfium straight into one byte a pixel, as the inspection draws them. A raster lies in pdfium’s own memory,
 * until the next one is drawn: whoever wants it packs or copies it at once.
 */
import type { Raster } from '@machikado/antiforgery';
import { loadPdfium, type Pdfium, withDocument, withPage } from '@machikado/inspection';

const A4 = { width: 1654, height: 2339 };
const FORMAT_GREY = 1;
const RENDER_GREY = 0x08;

export type Drawer = <T>(pdf: Uint8Array, onPage: (raster: Raster) => T) => T[];

export async function openDrawer(): Promise<Drawer> {
  const pdfium = await loadPdfium();
  const pixels = pdfium.wasmExports.malloc(A4.width * A4.height);
  return (pdf, onPage) =>
    withDocument(pdfium, pdf, (doc) =>
      Array.from({ length: pdfium._FPDF_GetPageCount(doc) }, (_, i) => onPage(drawPage(pdfium, doc, i, pixels))),
    );
}

function drawPage(pdfium: Pdfium, doc: number, index: number, pixels: number): Raster {
  const { width, height } = A4;
  pdfium.HEAPU8.fill(255, pixels, pixels + width * height);
  withPage(pdfium, doc, index, (page) => {
    const bitmap = pdfium._FPDFBitmap_CreateEx(width, height, FORMAT_GREY, pixels, width);
    pdfium._FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, RENDER_GREY);
    pdfium._FPDFBitmap_Destroy(bitmap);
  });
  return { width, height, data: pdfium.HEAPU8.subarray(pixels, pixels + width * height) };
}
