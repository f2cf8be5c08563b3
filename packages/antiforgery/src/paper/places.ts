/**
 * Where things lie on a treated sheet: A4 in device pixels at 600 dpi, x to the right, y downwards, all of them whole numbers, so that
 * an engine of that resolution (or a multiple) prints every dot as it was drawn.
 */
import { cellPx, cellsHigh, cellsWide, matrixOriginPx, quietZonePx } from '../format/geometry.ts';

/** A4 rounded up to whole pixels: 210.02 × 297.01 mm. */
export const sheetPx = { width: 4961, height: 7016 } as const;
/** 72 points an inch, 600 pixels. */
export const pointsPerPx = 0.12;
export const pxPerMm = 600 / 25.4;

export interface PxBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const matrixBox: PxBox = {
  ...matrixOriginPx,
  width: cellsWide * cellPx,
  height: cellsHigh * cellPx,
};
/** The strip under the matrix: pictures on the left, words, code on the right, all within the width of the matrix. */
const stripTop = 5868;
export const stripRight = matrixBox.x + matrixBox.width;
/** 84 cells of the size of the matrix's: 21.3 mm. */
export const detectionBox: PxBox = { x: matrixBox.x, y: stripTop, width: 504, height: 504 };
export const linePhaseBox: PxBox = { ...detectionBox, x: detectionBox.x + detectionBox.width + 48 };
/** The code's box at its largest, with its quiet zone; it hangs in the upper right corner. */
export const inquiryCodeSide = 540;
export const inquiryCodeTop = stripTop - 30;
export const wordsTop = stripTop;
/** In the lowest 11 mm, where the front has its margin as well. */
export const sheetLineY = 6830;

/** A picture and the white paper that belongs to it. */
export const widened = ({ x, y, width, height }: PxBox, by: number): PxBox => ({
  x: x - by,
  y: y - by,
  width: width + 2 * by,
  height: height + 2 * by,
});
export const matrixWithQuietZone: PxBox = widened(matrixBox, quietZonePx);

/** Every pixel that a box in millimetres touches. */
export function boxFromMm({ xMm, yMm, wMm, hMm }: { xMm: number; yMm: number; wMm: number; hMm: number }): PxBox {
  const [x, y] = [Math.floor(xMm * pxPerMm), Math.floor(yMm * pxPerMm)];
  const [right, bottom] = [Math.ceil((xMm + wMm) * pxPerMm), Math.ceil((yMm + hMm) * pxPerMm)];
  return { x, y, width: right - x, height: bottom - y };
}

/** The sheet without these boxes, as rectangles that do not overlap: bands from edge to edge of a box, each cut where boxes lie. */
export function sheetWithout(boxes: readonly PxBox[]): PxBox[] {
  const edges = boxes.flatMap(({ y, height }) => [y, y + height]).filter((y) => y > 0 && y < sheetPx.height);
  const tops = [...new Set([0, ...edges])].sort((a, b) => a - b);
  return tops.flatMap((y, i) => {
    const height = (tops[i + 1] ?? sheetPx.height) - y;
    const here = boxes.filter((box) => box.y <= y && box.y + box.height >= y + height);
    return gapsBetween(here).map(({ x, width }) => ({ x, y, width, height }));
  });
}

function gapsBetween(boxes: readonly PxBox[]): { x: number; width: number }[] {
  const gaps: { x: number; width: number }[] = [];
  let x = 0;
  for (const box of [...boxes].sort((a, b) => a.x - b.x)) {
    if (box.x > x) gaps.push({ x, width: Math.min(box.x, sheetPx.width) - x });
    x = Math.max(x, box.x + box.width);
  }
  if (x < sheetPx.width) gaps.push({ x, width: sheetPx.width - x });
  return gaps.filter(({ width }) => width > 0);
}
