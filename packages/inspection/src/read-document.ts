/** Opens a document, refuses what is not a plain one, and reads its pages one by one. */
import type { PdfReading } from './page-reading.ts';
import { PdfRefusal } from './pdf-refusal.ts';
import { type Pdfium, withMemory } from './pdfium.ts';
import { readPage } from './read-page.ts';
import { readingLimits } from './reading-limits.ts';

const ERROR_PASSWORD = 4;

export function readDocument(pdfium: Pdfium, pdf: Uint8Array): PdfReading {
  return withMemory(pdfium, pdf.length, (pointer) => {
    pdfium.HEAPU8.set(pdf, pointer);
    const doc = pdfium._FPDF_LoadMemDocument(pointer, pdf.length, 0);
    if (doc === 0) throw new PdfRefusal(pdfium._FPDF_GetLastError() === ERROR_PASSWORD ? 'encrypted' : 'not-a-pdf');
    try {
      refuseUnlessPlain(pdfium, doc);
      const pages = pdfium._FPDF_GetPageCount(doc);
      if (pages < 1 || pages > readingLimits.pagesMax) throw new PdfRefusal('too-many-pages');
      return { pages: Array.from({ length: pages }, (_, index) => readPageAt(pdfium, doc, index)) };
    } finally {
      pdfium._FPDF_CloseDocument(doc);
    }
  });
}

function readPageAt(pdfium: Pdfium, doc: number, index: number) {
  const page = pdfium._FPDF_LoadPage(doc, index);
  if (page === 0) throw new PdfRefusal('not-a-pdf');
  try {
    return readPage(pdfium, page, index + 1);
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
