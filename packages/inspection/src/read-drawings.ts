/**
 * What is drawn on a page besides text: lines, areas, pictures, with the exact places that the file gives them. The raster tells
 * ink to an eighth of a millimetre only.
 */
import type { Drawing } from './page-reading.ts';
import { PdfRefusal } from './pdf-refusal.ts';
import { type Pdfium, withMemory } from './pdfium.ts';
import { readingLimits } from './reading-limits.ts';

const MM_PER_POINT = 25.4 / 72;
const TEXT_OBJECT = 1;
const IMAGE_OBJECT = 3;

export function readDrawings(pdfium: Pdfium, page: number, heightPt: number): Drawing[] {
  const count = pdfium._FPDFPage_CountObjects(page);
  if (count > readingLimits.objectsPerPageMax) throw new PdfRefusal('too-complex');
  return withMemory(pdfium, 16, (p) => {
    const drawings: Drawing[] = [];
    for (let i = 0; i < count; i += 1) {
      const object = pdfium._FPDFPage_GetObject(page, i);
      const type = pdfium._FPDFPageObj_GetType(object);
      if (type === TEXT_OBJECT) continue;
      pdfium._FPDFPageObj_GetBounds(object, p, p + 4, p + 8, p + 12);
      const [left, bottom, right, top] = pdfium.HEAPF32.subarray(p >> 2, (p >> 2) + 4) as never as [
        ...[number, number, number, number],
      ];
      const box = {
        xMm: left * MM_PER_POINT,
        yMm: (heightPt - top) * MM_PER_POINT,
        wMm: (right - left) * MM_PER_POINT,
        hMm: (top - bottom) * MM_PER_POINT,
      };
      drawings.push({ image: type === IMAGE_OBJECT, box });
    }
    return drawings;
  });
}
