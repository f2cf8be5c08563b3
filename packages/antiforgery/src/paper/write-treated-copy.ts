/**
 * The treated copy: for each page of the municipality's document a front and a back. The front is the page's form with けん制文字 laid over it
 * (over, not under: a page may paint its paper first); the back carries the matrix of the スクランブル画像 and the strip.
 */
import { deflateSync } from 'node:zlib';
import { cellPx, cellsHigh, cellsWide, finderRadii, finders, matrixOriginPx } from '../format/geometry.ts';
import type { CleanPdf } from '../intake/clean-pdf.ts';
import { detectionCells } from './detection-image.ts';
import { regularOutlines } from './glyph-outlines.ts';
import { linePhaseSide } from './line-phase.ts';
import { blackInk, circle, picture, rectangles, sheetPt, toPixels } from './operators.ts';
import { drawnText } from './outline-paths.ts';
import { flate, writeMask, writeWarning } from './page-objects.ts';
import { createPdfWriter, type PdfWriter, refTo } from './pdf-writer.ts';
import { matrixBox, type PxBox, sheetLineY, sheetPx, sheetWithout } from './places.ts';
import type { Stationery } from './stationery.ts';
import { sheetLine } from './words.ts';

export interface TreatedSheet {
  /** Upper left corner of the page's form lies on that of the sheet. */
  readonly formHeightPt: number;
  /** Seals and codes on the front, where nothing may be laid over. */
  readonly keptFree: readonly PxBox[];
  /** The matrix, packed. */
  readonly cells: Uint8Array;
  readonly orderReference: string;
  readonly sheet: number;
  readonly of: number;
}

/** `clean` without RGB: what an engine makes of that is not ours to guess. */
export function writeTreatedCopy(clean: CleanPdf, sheets: readonly TreatedSheet[], stationery: Stationery): Uint8Array {
  const writer = createPdfWriter();
  const pages = writer.reserve();
  const forms = clean.copyInto(writer);
  const shared = writeShared(writer, stationery);
  const kids = sheets.flatMap((sheet, i) => {
    const page = (xobjects: string, content: string) => writePage(writer, { pages, shared, xobjects, content });
    const matrix = writeMask(writer, sheet.cells, { width: cellsWide, height: cellsHigh, filter: '' });
    return [
      page(`/Front ${refTo(forms[i] ?? 0)}`, frontOperators(sheet)),
      page(`/Matrix ${refTo(matrix)} /Strip ${refTo(shared.strip)}`, backOperators(sheet, stationery)),
    ];
  });
  writer.object(`<</Type /Pages /Count ${kids.length} /Kids [${kids.map(refTo).join(' ')}]>>`, pages);
  // For whoever prints by hand: both sides, and not a hair larger or smaller.
  const wishes = '<</PrintScaling /None /Duplex /DuplexFlipLongEdge>>';
  return writer.finish(writer.object(`<</Type /Catalog /Pages ${refTo(pages)} /ViewerPreferences ${wishes}>>`));
}

interface Shared {
  readonly warning: number;
  readonly strip: number;
}

function writeShared(writer: PdfWriter, stationery: Stationery): Shared {
  const detection = writer.stream(
    `/Type /XObject /Subtype /Image /Width ${detectionCells} /Height ${detectionCells} /ColorSpace /DeviceCMYK /BitsPerComponent 8 /Interpolate false ${flate}`,
    stationery.detection,
  );
  const { side, mask } = stationery.code;
  const code = writeMask(writer, mask, { width: side, height: side, filter: flate });
  const linePhase =
    stationery.linePhase &&
    writeMask(writer, stationery.linePhase, { width: linePhaseSide, height: linePhaseSide, filter: flate });
  const pictures = `/Detection ${refTo(detection)} /Code ${refTo(code)}${linePhase ? ` /LinePhase ${refTo(linePhase)}` : ''}`;
  return {
    warning: writeWarning(writer, stationery.tile),
    strip: writer.stream(
      `/Type /XObject /Subtype /Form /BBox [0 0 ${sheetPx.width} ${sheetPx.height}] /Resources <</XObject <<${pictures}>>>> ${flate}`,
      stationery.strip,
    ),
  };
}

function writePage(
  writer: PdfWriter,
  { pages, shared, xobjects, content }: { pages: number; shared: Shared; xobjects: string; content: string },
): number {
  const operators = writer.stream(flate, deflateSync(Buffer.from(content, 'latin1'), { level: 1 }));
  const warning = `/Pattern <</Warning ${refTo(shared.warning)}>> /ColorSpace <</Ink [/Pattern /DeviceCMYK]>>`;
  return writer.object(
    `<</Type /Page /Parent ${refTo(pages)} /MediaBox [0 0 ${sheetPt.width} ${sheetPt.height}] /Resources <<${warning} /XObject <<${xobjects}>>>> /Contents ${refTo(operators)}>>`,
  );
}

function frontOperators({ formHeightPt, keptFree }: TreatedSheet): string {
  const down = Math.round((sheetPt.height - formHeightPt) * 1e4) / 1e4;
  return `q 1 0 0 1 0 ${down} cm /Front Do Q\nq ${toPixels} cm\n${warningExcept(keptFree)}Q\n`;
}

function backOperators({ orderReference, sheet, of }: TreatedSheet, { keptFree }: Stationery): string {
  const line = { x: matrixBox.x, y: sheetLineY, size: 75 };
  return [
    `q ${toPixels} cm\n`,
    warningExcept(keptFree),
    '/Strip Do\n',
    `${blackInk} k\n`,
    picture('Matrix', matrixBox),
    finderOperators,
    drawnText(sheetLine(orderReference, sheet, of), regularOutlines, line),
    'Q\n',
  ].join('');
}

const warningExcept = (boxes: readonly PxBox[]): string =>
  `/Ink cs ${blackInk} /Warning scn\n${rectangles(sheetWithout(boxes))}f\n`;

const finderOperators = `${finders
  .flatMap(({ x, y }) =>
    [finderRadii.ring, finderRadii.gap, finderRadii.disc].map((radius) =>
      circle(matrixOriginPx.x + x * cellPx, matrixOriginPx.y + y * cellPx, radius * cellPx),
    ),
  )
  .join('')}f*\n`;
