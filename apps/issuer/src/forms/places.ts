/** Where a cell stands on the finished page: from contract.json and the sheets, in mm from the top left corner. */
import type { Box } from '@machikado/inspection';
import { blockPath, type CellPath, type Picture, rowPath, sheetPath } from './form-content.ts';
import type { FormContract, Place, RowsSpec } from './form-contract.ts';
import type { PlacedRow, Sheet } from './sheets-of.ts';

export interface PlacedCell {
  /** From 1. */
  readonly page: number;
  readonly box: Box;
}

export function toBox([xMm, yMm, wMm, hMm]: Place): Box {
  return { xMm, yMm, wMm, hMm };
}

export function down([x, y, w, h]: Place, mm: number): Place {
  return [x, y + mm, w, h];
}

/** In the middle of its place. */
export function pictureBox([x, y, w, h]: Place, { widthMm, heightMm }: Pick<Picture, 'widthMm' | 'heightMm'>): Place {
  return [x + (w - widthMm) / 2, y + (h - heightMm) / 2, widthMm, heightMm];
}

/** How far the n-th block of a sheet stands below the first one. */
export function blockDown({ block }: FormContract, n: number): number {
  return n * (block?.place[3] ?? 0);
}

export interface RowPlaces {
  readonly group: Place;
  readonly mark: Place;
  readonly label: Place;
  readonly text: Place;
}

/** Between the frame of a mark and the row above and below. */
const MARK_GAP_MM = 0.6;

export function rowPlaces({ line, lines }: Pick<PlacedRow, 'line' | 'lines'>, spec: RowsSpec): RowPlaces {
  const { area, rowMm, groupMm, labelMm } = spec;
  const [x, top, width] = area;
  const [y, height] = [top + line * rowMm, lines * rowMm];
  return {
    group: [x, y, groupMm, height],
    mark: [x + groupMm / 4, y + MARK_GAP_MM, groupMm / 2, rowMm - 2 * MARK_GAP_MM],
    label: [x + groupMm, y, labelMm, height],
    text: [x + groupMm + labelMm, y, width - groupMm - labelMm, height],
  };
}

/** Where the text of a cell is to be read; a text that was moved out is read on the 続紙. */
export function placeOf(
  path: CellPath,
  sheets: readonly Sheet[],
  contract: FormContract,
  moved: readonly CellPath[],
): PlacedCell {
  const movedAs = moved.indexOf(path);
  for (const [i, sheet] of sheets.entries()) {
    const box = movedAs >= 0 ? continuedBox(movedAs, sheet, contract) : boxOn(path, sheet, contract);
    if (box) return { page: i + 1, box: toBox(box) };
  }
  throw new RangeError(`the form has no cell ${path}`);
}

function continuedBox(index: number, { continuation, rows }: Sheet, contract: FormContract): Place | undefined {
  const placed = continuation ? rows.find((row) => row.index === index) : undefined;
  return placed && rowPlaces(placed, contract.continuation.rows).text;
}

function boxOn(path: CellPath, sheet: Sheet, contract: FormContract): Place | undefined {
  if (sheet.continuation) return undefined;
  const ofSheet = Object.entries(contract.sheet).find(([key]) => sheetPath(key) === path);
  if (ofSheet) return ofSheet[1].box;
  for (const [n, { index }] of sheet.blocks.entries()) {
    const ofBlock = Object.entries(contract.block?.cells ?? {}).find(([key]) => blockPath(index, key) === path);
    if (ofBlock) return down(ofBlock[1].box, blockDown(contract, n));
  }
  const row = sheet.rows.find(({ index }) => rowPath(index) === path);
  return row && contract.rows && rowPlaces(row, contract.rows).text;
}
