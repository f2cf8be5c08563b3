/**
 * Pictures that a page brings in DeviceCMYK, with their place: their black is what they say, not what a conversion would make of their colour. So the
 * latent 「証」 of the 偽造防止検出画像 is read from the file itself.
 */
import { type Pdfium, withMemory } from '@machikado/inspection';

/** PDF’s own: [a b c d e f]. */
export type Matrix = readonly [number, number, number, number, number, number];

export interface CmykPicture {
  readonly width: number;
  readonly height: number;
  /** C, M, Y, K of each pixel, from the top left. */
  readonly data: Uint8Array;
  /** From the unit square to points on the page. */
  readonly place: Matrix;
}

const PAGE_OBJECT_IMAGE = 3;
const PAGE_OBJECT_FORM = 5;
const DEVICE_CMYK = 3;
const METADATA_BYTES = 28;
const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];
/** Nobody nests forms deeper for a reason. */
const DEPTH_MAX = 8;

export function cmykPicturesOn(pdfium: Pdfium, page: number): CmykPicture[] {
  const all = (count: number, at: (i: number) => number, outer: Matrix, depth: number): CmykPicture[] =>
    Array.from({ length: count }, (_, i) => at(i)).flatMap((object) => {
      const type = pdfium._FPDFPageObj_GetType(object);
      if (type === PAGE_OBJECT_IMAGE) return pictureOf(pdfium, page, object, outer);
      if (type !== PAGE_OBJECT_FORM || depth === DEPTH_MAX) return [];
      return all(
        pdfium._FPDFFormObj_CountObjects(object),
        (i) => pdfium._FPDFFormObj_GetObject(object, i),
        product(matrixOf(pdfium, object), outer),
        depth + 1,
      );
    });
  return all(pdfium._FPDFPage_CountObjects(page), (i) => pdfium._FPDFPage_GetObject(page, i), IDENTITY, 0);
}

function pictureOf(pdfium: Pdfium, page: number, image: number, outer: Matrix): CmykPicture[] {
  const described = withMemory(pdfium, METADATA_BYTES, (pointer) => {
    if (pdfium._FPDFImageObj_GetImageMetadata(image, page, pointer) === 0) return undefined;
    const [width = 0, height = 0] = pdfium.HEAP32.subarray(pointer >> 2, (pointer >> 2) + 2);
    return { width, height, colourSpace: pdfium.HEAP32[(pointer >> 2) + 5] };
  });
  if (described?.colourSpace !== DEVICE_CMYK) return [];
  const { width, height } = described;
  const bytes = pdfium._FPDFImageObj_GetImageDataDecoded(image, 0, 0);
  // What is not four bytes a pixel after its filters (a JPEG, a mask) keeps the conversion’s black.
  if (bytes !== width * height * 4) return [];
  const data = withMemory(pdfium, bytes, (pointer) => {
    pdfium._FPDFImageObj_GetImageDataDecoded(image, pointer, bytes);
    return pdfium.HEAPU8.slice(pointer, pointer + bytes);
  });
  return [{ width, height, data, place: product(matrixOf(pdfium, image), outer) }];
}

function matrixOf(pdfium: Pdfium, object: number): Matrix {
  return withMemory(pdfium, 24, (pointer) => {
    pdfium._FPDFPageObj_GetMatrix(object, pointer);
    return [...pdfium.HEAPF32.subarray(pointer >> 2, (pointer >> 2) + 6)] as unknown as Matrix;
  });
}

/** First the inner one. */
function product([a, b, c, d, e, f]: Matrix, [A, B, C, D, E, F]: Matrix): Matrix {
  return [a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F];
}
