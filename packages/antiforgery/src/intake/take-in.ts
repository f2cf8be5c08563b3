/**
 * 取り込み: takes over what is understood of a stranger’s PDF. The file is read strictly, each page becomes one form, and only keys and
 * operators from lists go over; structure, metadata, outlines and names stay behind.
 */

import { cleanPdf } from './clean-document.ts';
import type { CleanPdf } from './clean-pdf.ts';
import { newBudget } from './flate.ts';
import { intakeLimits } from './intake-limits.ts';
import { IntakeRefusal } from './intake-refusal.ts';
import { readPages } from './page-tree.ts';
import { PdfFile } from './pdf-file.ts';
import { takeContent } from './take/content.ts';
import { takePage } from './take/page.ts';
import { Taking } from './take/taking.ts';

/** Throws IntakeRefusal. Given a document that it made itself, it makes the same again, to the byte. */
export function takeIn(pdf: Uint8Array): CleanPdf {
  if (pdf.length > intakeLimits.bytesMax) throw new IntakeRefusal('TOO_LARGE', 'very many bytes');
  const budget = newBudget();
  const file = new PdfFile(pdf, budget);
  const taking = new Taking(file.resolve, budget, takeContent);
  const pages = readPages(file.trailer, file.resolve).map((page) => takePage(page, taking));
  return cleanPdf(pages, taking.objects);
}
