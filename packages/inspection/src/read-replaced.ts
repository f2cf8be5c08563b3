/**
 * 置換テキスト (ActualText): where one glyph stands for two different texts on the page (葛 and 葛 with the selector of that very
 * form), Typst says the second text in a marked span of its own. pdfium’s text cannot be used for these: it leaves out
 * everything beyond U+FFFD, and with it the selector or the whole letter. So the span is read off the page’s objects.
 */

import { boxOf, type Matrix, objectsOn, type PlacedObject, times } from './objects-on.ts';
import type { Glyph } from './page-reading.ts';
import { PdfRefusal } from './pdf-refusal.ts';
import { type Pdfium, withMemory } from './pdfium.ts';

const MM_PER_POINT = 25.4 / 72;
const TEXT_OBJECT = 1;
const KEY = Buffer.from('ActualText\0', 'latin1');
/** A letter and its selector take ten bytes with the byte order mark; a document that says far more in one span is not ours. */
const TEXT_BYTES = 256;

/** By text object: each is taken as one glyph, with the whole text of its span. */
export function readReplaced(pdfium: Pdfium, page: number, heightPt: number): Map<number, Glyph> {
  const glyphs = new Map<number, Glyph>();
  withMemory(pdfium, KEY.length + TEXT_BYTES + 64, (memory) => {
    pdfium.HEAPU8.set(KEY, memory);
    const scratch = (memory + KEY.length + 7) & ~7;
    for (const placed of objectsOn(pdfium, page)) {
      if (placed.type !== TEXT_OBJECT) continue;
      const text = actualText(pdfium, placed.object, memory, scratch);
      if (text !== undefined) glyphs.set(placed.object, { text, ...placeOf(pdfium, placed, scratch, heightPt) });
    }
  });
  return glyphs;
}

function actualText(pdfium: Pdfium, object: number, key: number, scratch: number): string | undefined {
  const [used, value] = [scratch, scratch + 8];
  for (let i = pdfium._FPDFPageObj_CountMarks(object) - 1; i >= 0; i -= 1) {
    const mark = pdfium._FPDFPageObj_GetMark(object, i);
    if (pdfium._FPDFPageObjMark_GetParamBlobValue(mark, key, value, TEXT_BYTES, used) === 0) continue;
    const bytes = new DataView(pdfium.HEAPU8.buffer).getUint32(used, true);
    if (bytes > TEXT_BYTES) throw new PdfRefusal('too-complex');
    return decodeTextString(Buffer.from(pdfium.HEAPU8.subarray(value, value + bytes)));
  }
  return undefined;
}

/** ISO 32000-1 section 7.9.2.2: UTF-16BE behind a byte order mark, else one byte a letter (ASCII is all that is read of it). */
function decodeTextString(bytes: Buffer): string {
  if (bytes.length % 2 === 0 && bytes.length > 2 && bytes.readUInt16BE(0) === 0xfeff)
    return bytes.subarray(2).swap16().toString('utf16le');
  return bytes.toString('latin1');
}

function placeOf(pdfium: Pdfium, placed: PlacedObject, p: number, heightPt: number): Omit<Glyph, 'text'> {
  pdfium._FPDFPageObj_GetMatrix(placed.object, p);
  pdfium._FPDFTextObj_GetFontSize(placed.object, p + 24);
  const own = pdfium.HEAPF32.subarray(p >> 2, (p >> 2) + 7);
  const [, , c, d, x, y] = times(Array.from(own.subarray(0, 6)) as unknown as Matrix, placed.matrix);
  const size = own[6] as number;
  return {
    box: boxOf(pdfium, placed, heightPt),
    originXMm: x * MM_PER_POINT,
    originYMm: (heightPt - y) * MM_PER_POINT,
    sizeMm: size * Math.hypot(c, d) * MM_PER_POINT,
  };
}
