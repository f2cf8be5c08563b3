/**
 * Pages as grey rasters at 200 dpi, drawn by pdfium straight into one byte a pixel, as the inspection draws them. A raster lies in pdfium’s own memory,
 * until the next one is drawn: whoever wants it packs or copies it at once.
 */
import { PDFiumLibrary } from '@hyzyla/pdfium';
import type { Raster } from '@machikado/antiforgery';

interface Pdfium {
  readonly HEAPU8: Uint8Array;
  readonly wasmExports: { malloc(bytes: number): number; free(pointer: number): void };
  _FPDF_LoadMemDocument(data: number, bytes: number, password: number): number;
  _FPDF_GetPageCount(document: number): number;
  _FPDF_CloseDocument(document: number): void;
  _FPDF_LoadPage(document: number, index: number): number;
  _FPDF_ClosePage(page: number): void;
  _FPDFBitmap_CreateEx(width: number, height: number, format: number, buffer: number, stride: number): number;
  _FPDFBitmap_Destroy(bitmap: number): void;
  _FPDF_RenderPageBitmap(bitmap: number, page: number, ...placeRotationFlags: number[]): void;
}

const A4 = { width: 1654, height: 2339 };
const FORMAT_GREY = 1;
const RENDER_GREY = 0x08;

export type Drawer = <T>(pdf: Uint8Array, onPage: (raster: Raster) => T) => T[];

export async function openDrawer(): Promise<Drawer> {
  const { module: pdfium } = (await PDFiumLibrary.init()) as unknown as { module: Pdfium };
  const pixels = pdfium.wasmExports.malloc(A4.width * A4.height);
  return (pdf, onPage) => {
    const bytes = pdfium.wasmExports.malloc(pdf.length);
    pdfium.HEAPU8.set(pdf, bytes);
    const document = pdfium._FPDF_LoadMemDocument(bytes, pdf.length, 0);
    const pages = Array.from({ length: pdfium._FPDF_GetPageCount(document) }, (_, i) =>
      onPage(drawPage(pdfium, document, i, pixels)),
    );
    pdfium._FPDF_CloseDocument(document);
    pdfium.wasmExports.free(bytes);
    return pages;
  };
}

function drawPage(pdfium: Pdfium, document: number, index: number, pixels: number): Raster {
  const { width, height } = A4;
  pdfium.HEAPU8.fill(255, pixels, pixels + width * height);
  const page = pdfium._FPDF_LoadPage(document, index);
  const bitmap = pdfium._FPDFBitmap_CreateEx(width, height, FORMAT_GREY, pixels, width);
  pdfium._FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, RENDER_GREY);
  pdfium._FPDFBitmap_Destroy(bitmap);
  pdfium._FPDF_ClosePage(page);
  return { width, height, data: pdfium.HEAPU8.subarray(pixels, pixels + width * height) };
}
