/**
 * What is drawn on a page besides text: lines, areas, pictures, with the exact places that the file gives them. The raster tells
 * ink to an eighth of a millimetre only.
 */

import { boxOf, objectsOn } from './objects-on.ts';
import type { Drawing } from './page-reading.ts';
import type { Pdfium } from './pdfium.ts';

const TEXT_OBJECT = 1;
const IMAGE_OBJECT = 3;

export function readDrawings(pdfium: Pdfium, page: number, heightPt: number): Drawing[] {
  return objectsOn(pdfium, page)
    .filter(({ type }) => type !== TEXT_OBJECT)
    .map((placed) => ({ image: placed.type === IMAGE_OBJECT, box: boxOf(pdfium, placed, heightPt) }));
}
