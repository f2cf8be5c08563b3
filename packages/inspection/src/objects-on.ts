/**
 * Every object of a page with the matrix that puts it there. A document that was copied for treatment has each of its pages as one form
 * (ISO 32000-1 section 8.10), whose objects count as if they stood on the page.
 */
import type { Box } from './geometry.ts';
import { PdfRefusal } from './pdf-refusal.ts';
import { type Pdfium, withMemory } from './pdfium.ts';
import { readingLimits } from './reading-limits.ts';

/** a b c d e f: x′ = a·x + c·y + e, y′ = b·x + d·y + f. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

const MM_PER_POINT = 25.4 / 72;
const FORM_OBJECT = 5;
const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];
const DEPTH_MAX = 12;

export interface PlacedObject {
  readonly object: number;
  readonly type: number;
  readonly matrix: Matrix;
}

export function objectsOn(pdfium: Pdfium, page: number): PlacedObject[] {
  const found: PlacedObject[] = [];
  const walk = (count: number, at: (index: number) => number, matrix: Matrix, depth: number): void => {
    for (let i = 0; i < count; i += 1) {
      const object = at(i);
      const type = pdfium._FPDFPageObj_GetType(object);
      if (type !== FORM_OBJECT) found.push({ object, type, matrix });
      else if (depth === DEPTH_MAX) throw new PdfRefusal('too-complex');
      else {
        const inside = pdfium._FPDFFormObj_CountObjects(object);
        const own = times(matrixOf(pdfium, object), matrix);
        walk(inside, (index) => pdfium._FPDFFormObj_GetObject(object, index), own, depth + 1);
      }
      if (found.length > readingLimits.objectsPerPageMax) throw new PdfRefusal('too-complex');
    }
  };
  walk(pdfium._FPDFPage_CountObjects(page), (index) => pdfium._FPDFPage_GetObject(page, index), IDENTITY, 0);
  return found;
}

function matrixOf(pdfium: Pdfium, object: number): Matrix {
  return withMemory(pdfium, 24, (p) => {
    pdfium._FPDFPageObj_GetMatrix(object, p);
    return Array.from(pdfium.HEAPF32.subarray(p >> 2, (p >> 2) + 6)) as unknown as Matrix;
  });
}

/** The first, and then the second. */
export function times([a, b, c, d, e, f]: Matrix, [A, B, C, D, E, F]: Matrix): Matrix {
  return [a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F];
}

/** The smallest upright box round the object, from the top left corner of the page. */
export function boxOf(pdfium: Pdfium, { object, matrix: [a, b, c, d, e, f] }: PlacedObject, heightPt: number): Box {
  return withMemory(pdfium, 16, (p) => {
    pdfium._FPDFPageObj_GetBounds(object, p, p + 4, p + 8, p + 12);
    const [left, bottom, right, top] = pdfium.HEAPF32.subarray(p >> 2, (p >> 2) + 4) as never as [
      ...[number, number, number, number],
    ];
    const xs = [left, right].flatMap((x) => [bottom, top].map((y) => a * x + c * y + e));
    const ys = [left, right].flatMap((x) => [bottom, top].map((y) => b * x + d * y + f));
    return {
      xMm: Math.min(...xs) * MM_PER_POINT,
      yMm: (heightPt - Math.max(...ys)) * MM_PER_POINT,
      wMm: (Math.max(...xs) - Math.min(...xs)) * MM_PER_POINT,
      hMm: (Math.max(...ys) - Math.min(...ys)) * MM_PER_POINT,
    };
  });
}
