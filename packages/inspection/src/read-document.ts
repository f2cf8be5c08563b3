/** Opens a document, refuses what is not a plain one, and reads its pages one by one. */
import type { FrontsReading, PdfReading } from './page-reading.ts';
import { PdfRefusal } from './pdf-refusal.ts';
import { type Pdfium, withMemory } from './pdfium.ts';
import { readLetters, readPage } from './read-page.ts';
import { readingLimits } from './reading-limits.ts';

const ERROR_PASSWORD = 4;

export function readDocument(pdfium: Pdfium, pdf: Uint8Array): PdfReading {
  return withDocument(pdfium, pdf, (doc) => {
    const count = pageCountOf(pdfium, doc, readingLimits.pagesMax);
    return { pages: Array.from({ length: count }, (_, index) => readPageAt(pdfium, doc, index, readPage)) };
  });
}

/** Backs are not even opened. */
export function readFrontsOf(pdfium: Pdfium, pdf: Uint8Array): FrontsReading {
  return withDocument(pdfium, pdf, (doc) => {
    const pageCount = pageCountOf(pdfium, doc, readingLimits.treatedPagesMax);
    const sheets = Math.ceil(pageCount / 2);
    return {
      pageCount,
      fronts: Array.from({ length: sheets }, (_, index) => readPageAt(pdfium, doc, 2 * index, readLetters)),
    };
  });
}

function pageCountOf(pdfium: Pdfium, doc: number, max: number): number {
  const pages = pdfium._FPDF_GetPageCount(doc);
  if (pages < 1 || pages > max) throw new PdfRefusal('too-many-pages');
  return pages;
}

function withDocument<T>(pdfium: Pdfium, pdf: Uint8Array, look: (doc: number) => T): T {
  return withMemory(pdfium, pdf.length, (pointer) => {
    pdfium.HEAPU8.set(pdf, pointer);
    const doc = pdfium._FPDF_LoadMemDocument(pointer, pdf.length, 0);
    if (doc === 0) throw new PdfRefusal(pdfium._FPDF_GetLastError() === ERROR_PASSWORD ? 'encrypted' : 'not-a-pdf');
    try {
      refuseUnlessPlain(pdfium, doc);
      return look(doc);
    } finally {
      pdfium._FPDF_CloseDocument(doc);
    }
  });
}

function readPageAt<T>(
  pdfium: Pdfium,
  doc: number,
  index: number,
  read: (pdfium: Pdfium, page: number, number: number) => T,
): T {
  const page = pdfium._FPDF_LoadPage(doc, index);
  if (page === 0) throw new PdfRefusal('not-a-pdf');
  try {
    return read(pdfium, page, index + 1);
  } finally {
    pdfium._FPDF_ClosePage(page);
  }
}

function refuseUnlessPlain(pdfium: Pdfium, doc: number): void {
  if (pdfium._FPDF_GetSecurityHandlerRevision(doc) !== -1) throw new PdfRefusal('encrypted');
  const active =
    pdfium._FPDFDoc_GetJavaScriptActionCount(doc) +
    pdfium._FPDFDoc_GetAttachmentCount(doc) +
    pdfium._FPDF_GetFormType(doc);
  if (active !== 0) throw new PdfRefusal('active-content');
}
