/** Part of a page as pdfium draws it at 600 dpi: what a printer of that resolution would be told. */
import { PDFiumLibrary } from '@hyzyla/pdfium';
import type { Raster } from '../../raster.ts';
import { type PxBox, sheetPx } from '../places.ts';

interface Pdfium {
  readonly HEAPU8: Uint8Array;
  readonly wasmExports: { malloc(bytes: number): number; free(pointer: number): void };
  _FPDF_LoadMemDocument(data: number, bytes: number, password: number): number;
  _FPDF_GetPageCount(document: number): number;
  _FPDF_CloseDocument(document: number): void;
  _FPDF_LoadPage(document: number, index: number): number;
  _FPDF_ClosePage(page: number): void;
  _FPDFBitmap_CreateEx(width: number, height: number, format: number, buffer: number, stride: number): number;
  _FPDFBitmap_FillRect(bitmap: number, left: number, top: number, width: number, height: number, colour: number): void;
  _FPDFBitmap_Destroy(bitmap: number): void;
  _FPDF_RenderPageBitmap(
    bitmap: number,
    page: number,
    x: number,
    y: number,
    width: number,
    height: number,
    rotate: number,
    flags: number,
  ): void;
}

const GREY_BITMAP = 1;
const FOR_PRINTING = 0x800;
let library: Promise<Pdfium> | undefined;

export async function pagesOf(pdf: Uint8Array): Promise<number> {
  return withDocument(pdf, (pdfium, document) => pdfium._FPDF_GetPageCount(document));
}

/** `page` counts from 1. */
export function drawRegion(pdf: Uint8Array, page: number, box: PxBox): Promise<Raster> {
  return withDocument(pdf, (pdfium, document) => {
    const { width, height } = box;
    const loaded = pdfium._FPDF_LoadPage(document, page - 1);
    const pixels = pdfium.wasmExports.malloc(width * height);
    const bitmap = pdfium._FPDFBitmap_CreateEx(width, height, GREY_BITMAP, pixels, width);
    pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff);
    const { width: w, height: h } = sheetPx;
    pdfium._FPDF_RenderPageBitmap(bitmap, loaded, -box.x, -box.y, w, h, 0, FOR_PRINTING);
    const data = pdfium.HEAPU8.slice(pixels, pixels + width * height);
    pdfium._FPDFBitmap_Destroy(bitmap);
    pdfium.wasmExports.free(pixels);
    pdfium._FPDF_ClosePage(loaded);
    return { width, height, data };
  });
}

async function withDocument<T>(pdf: Uint8Array, work: (pdfium: Pdfium, document: number) => T): Promise<T> {
  library ??= PDFiumLibrary.init().then((wrapper) => (wrapper as unknown as { module: Pdfium }).module);
  const pdfium = await library;
  const bytes = pdfium.wasmExports.malloc(pdf.length);
  pdfium.HEAPU8.set(pdf, bytes);
  const document = pdfium._FPDF_LoadMemDocument(bytes, pdf.length, 0);
  if (document === 0) throw new Error('pdfium cannot read this');
  try {
    return work(pdfium, document);
  } finally {
    pdfium._FPDF_CloseDocument(document);
    pdfium.wasmExports.free(bytes);
  }
}
