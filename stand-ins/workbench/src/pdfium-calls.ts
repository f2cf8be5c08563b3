/** The functions of pdfium’s C interface that drawing a sheet for the printer needs, as its WebAssembly build exports them. */
import { PDFiumLibrary } from '@hyzyla/pdfium';

export interface Pdfium {
  readonly HEAPU8: Uint8Array;
  readonly HEAPF32: Float32Array;
  readonly HEAP32: Int32Array;
  readonly wasmExports: { malloc(bytes: number): number; free(pointer: number): void };
  _FPDF_LoadMemDocument(data: number, bytes: number, password: number): number;
  _FPDF_CloseDocument(document: number): void;
  _FPDF_LoadPage(document: number, index: number): number;
  _FPDF_ClosePage(page: number): void;
  _FPDF_GetPageWidthF(page: number): number;
  _FPDF_GetPageHeightF(page: number): number;
  _FPDFBitmap_CreateEx(width: number, height: number, format: number, buffer: number, stride: number): number;
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
  _FPDFPage_CountObjects(page: number): number;
  _FPDFPage_GetObject(page: number, index: number): number;
  _FPDFFormObj_CountObjects(form: number): number;
  _FPDFFormObj_GetObject(form: number, index: number): number;
  _FPDFPageObj_GetType(object: number): number;
  _FPDFPageObj_GetMatrix(object: number, matrix: number): number;
  _FPDFImageObj_GetImageMetadata(image: number, page: number, metadata: number): number;
  _FPDFImageObj_GetImageDataDecoded(image: number, buffer: number, bytes: number): number;
}

export async function loadPdfium(): Promise<Pdfium> {
  return ((await PDFiumLibrary.init()) as unknown as { module: Pdfium }).module;
}

/** Borrows memory of the module for the length of one piece of work. */
export function withMemory<T>(pdfium: Pdfium, bytes: number, work: (pointer: number) => T): T {
  const pointer = pdfium.wasmExports.malloc(bytes);
  if (pointer === 0) throw new Error('pdfium is out of memory');
  try {
    return work(pointer);
  } finally {
    pdfium.wasmExports.free(pointer);
  }
}

/** A page of a document that is open as long as the work takes. */
export function withPage<T>(pdfium: Pdfium, pdf: Uint8Array, index: number, work: (page: number) => T): T {
  return withMemory(pdfium, pdf.length, (bytes) => {
    pdfium.HEAPU8.set(pdf, bytes);
    const document = pdfium._FPDF_LoadMemDocument(bytes, pdf.length, 0);
    if (document === 0) throw new Error('no PDF');
    const page = pdfium._FPDF_LoadPage(document, index);
    try {
      if (page === 0) throw new Error('no such page');
      return work(page);
    } finally {
      if (page !== 0) pdfium._FPDF_ClosePage(page);
      pdfium._FPDF_CloseDocument(document);
    }
  });
}
