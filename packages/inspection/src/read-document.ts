/** Opens a document, refuses what is not a plain one, and reads its pages one by one. */
import type { FrontsReading, PdfReading } from './page-reading.ts';
import { PdfRefusal } from './pdf-refusal.ts';
import { type Pdfium, withDocument, withPage } from './pdfium.ts';
import { readLetters, readPage } from './read-page.ts';
import { readingLimits } from './reading-limits.ts';

export function readDocument(pdfium: Pdfium, pdf: Uint8Array): PdfReading {
  return withPlainDocument(pdfium, pdf, (doc) => {
    const count = pageCountOf(pdfium, doc, readingLimits.pagesMax);
    return { pages: Array.from({ length: count }, (_, index) => readPageAt(pdfium, doc, index, readPage)) };
  });
}

/** Backs are not even opened. */
export function readFrontsOf(pdfium: Pdfium, pdf: Uint8Array): FrontsReading {
  return withPlainDocument(pdfium, pdf, (doc) => {
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

function withPlainDocument<T>(pdfium: Pdfium, pdf: Uint8Array, look: (doc: number) => T): T {
  return withDocument(pdfium, pdf, (doc) => {
    refuseUnlessPlain(pdfium, doc);
    return look(doc);
  });
}

function readPageAt<T>(
  pdfium: Pdfium,
  doc: number,
  index: number,
  read: (pdfium: Pdfium, page: number, number: number) => T,
): T {
  return withPage(pdfium, doc, index, (page) => read(pdfium, page, index + 1));
}

function refuseUnlessPlain(pdfium: Pdfium, doc: number): void {
  if (pdfium._FPDF_GetSecurityHandlerRevision(doc) !== -1) throw new PdfRefusal('encrypted');
  const active =
    pdfium._FPDFDoc_GetJavaScriptActionCount(doc) +
    pdfium._FPDFDoc_GetAttachmentCount(doc) +
    pdfium._FPDF_GetFormType(doc);
  if (active !== 0) throw new PdfRefusal('active-content');
}
