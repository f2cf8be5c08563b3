/** pdfium’s C interface, as its WebAssembly build exports it: the one way to it for whoever reads and draws pages. */
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { PdfRefusal } from './pdf-refusal.ts';

/** The functions that are used. */
export interface Pdfium {
  readonly HEAPU8: Uint8Array;
  readonly HEAP32: Int32Array;
  readonly HEAPF64: Float64Array;
  readonly HEAPF32: Float32Array;
  readonly wasmExports: { malloc(bytes: number): number; free(pointer: number): void };
  _FPDF_LoadMemDocument(data: number, bytes: number, password: number): number;
  _FPDF_GetLastError(): number;
  _FPDF_CloseDocument(doc: number): void;
  _FPDF_GetSecurityHandlerRevision(doc: number): number;
  _FPDF_GetPageCount(doc: number): number;
  _FPDF_GetFormType(doc: number): number;
  _FPDFDoc_GetAttachmentCount(doc: number): number;
  _FPDFDoc_GetJavaScriptActionCount(doc: number): number;
  _FPDF_LoadPage(doc: number, index: number): number;
  _FPDF_ClosePage(page: number): void;
  _FPDF_GetPageWidthF(page: number): number;
  _FPDF_GetPageHeightF(page: number): number;
  _FPDFPage_GetRotation(page: number): number;
  _FPDFPage_GetMediaBox(page: number, left: number, bottom: number, right: number, top: number): number;
  _FPDFPage_GetCropBox(page: number, left: number, bottom: number, right: number, top: number): number;
  _FPDFPage_GetAnnotCount(page: number): number;
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
  _FPDFText_LoadPage(page: number): number;
  _FPDFText_ClosePage(text: number): void;
  _FPDFText_CountChars(text: number): number;
  _FPDFText_GetUnicode(text: number, index: number): number;
  _FPDFText_IsGenerated(text: number, index: number): number;
  _FPDFText_GetCharBox(text: number, index: number, left: number, right: number, bottom: number, top: number): number;
  _FPDFText_GetFontSize(text: number, index: number): number;
  _FPDFText_GetMatrix(text: number, index: number, matrix: number): number;
  _FPDFText_GetCharOrigin(text: number, index: number, x: number, y: number): number;
  _FPDFText_GetTextObject(text: number, index: number): number;
  _FPDFPage_CountObjects(page: number): number;
  _FPDFPage_GetObject(page: number, index: number): number;
  _FPDFPageObj_GetType(object: number): number;
  _FPDFFormObj_CountObjects(form: number): number;
  _FPDFFormObj_GetObject(form: number, index: number): number;
  _FPDFPageObj_GetBounds(object: number, left: number, bottom: number, right: number, top: number): number;
  _FPDFPageObj_GetMatrix(object: number, matrix: number): number;
  _FPDFPageObj_CountMarks(object: number): number;
  _FPDFPageObj_GetMark(object: number, index: number): number;
  _FPDFPageObjMark_GetParamBlobValue(mark: number, key: number, value: number, bytes: number, used: number): number;
  _FPDFTextObj_GetFontSize(object: number, size: number): number;
  _FPDFImageObj_GetImageMetadata(image: number, page: number, metadata: number): number;
  _FPDFImageObj_GetImageDataDecoded(image: number, buffer: number, bytes: number): number;
}

const ERROR_PASSWORD = 4;

/** An instance of its own. */
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

/** Open as long as the work takes. PdfRefusal when it cannot be opened. */
export function withDocument<T>(pdfium: Pdfium, pdf: Uint8Array, work: (doc: number) => T): T {
  return withMemory(pdfium, pdf.length, (pointer) => {
    pdfium.HEAPU8.set(pdf, pointer);
    const doc = pdfium._FPDF_LoadMemDocument(pointer, pdf.length, 0);
    if (doc === 0) throw new PdfRefusal(pdfium._FPDF_GetLastError() === ERROR_PASSWORD ? 'encrypted' : 'not-a-pdf');
    try {
      return work(doc);
    } finally {
      pdfium._FPDF_CloseDocument(doc);
    }
  });
}

/** `index` counts from 0. */
export function withPage<T>(pdfium: Pdfium, doc: number, index: number, work: (page: number) => T): T {
  const page = pdfium._FPDF_LoadPage(doc, index);
  if (page === 0) throw new PdfRefusal('not-a-pdf');
  try {
    return work(page);
  } finally {
    pdfium._FPDF_ClosePage(page);
  }
}
