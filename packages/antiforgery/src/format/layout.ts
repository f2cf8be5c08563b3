/**
 * Tables of the scrambled image, format CS v1: what each cell is, in which order the data cells are filled, and the bits that whiten
 * them. They follow from one small generator and are frozen; the test holds their digests.
 */
import { strict as assert } from 'node:assert';
import {
  cellCount,
  cellsHigh,
  cellsWide,
  dataCells,
  finderCells,
  finders,
  markCells,
  markCoreCells,
  nodes,
  pilotOffset,
  pilotPitch,
} from './geometry.ts';
import { xorshift32 } from './xorshift.ts';

export const cellType = { data: 0, mark: 1, pilot: 2, finder: 3 } as const;

export interface Layout {
  /** By cell, row by row: one of `cellType`. */
  readonly type: Uint8Array;
  /** By cell: 1 = black where a mark or a pilot is; 0 elsewhere. */
  readonly val: Uint8Array;
  /** The n-th data cell is cell perm[n]. */
  readonly perm: Int32Array;
  /** The n-th data cell is black where bit and white[n] differ. */
  readonly white: Uint8Array;
}

let made: Layout | undefined;

/** Takes some tens of milliseconds the first time in a thread. */
export function layout(): Layout {
  made ??= makeLayout();
  return made;
}

function makeLayout(): Layout {
  const { type, val } = fixedCells();
  const next = xorshift32(20_251_122);
  for (let cell = 0; cell < cellCount; cell++) if (type[cell] === cellType.pilot) val[cell] = next() & 1;
  const perm = shuffled(cellsOf(type, cellType.data), next);
  assert.equal(perm.length, dataCells);
  const white = new Uint8Array(dataCells);
  for (let i = 0; i < dataCells; i++) white[i] = (next() >>> 7) & 1;
  return { type, val, perm, white };
}

/** Later ones lie upon earlier ones: pilots, marks, finders. */
function fixedCells(): { type: Uint8Array; val: Uint8Array } {
  const type = new Uint8Array(cellCount);
  const val = new Uint8Array(cellCount);
  for (let y = pilotOffset; y < cellsHigh; y += pilotPitch)
    for (let x = pilotOffset; x < cellsWide; x += pilotPitch) type[y * cellsWide + x] = cellType.pilot;
  for (const { x, y, corner } of nodes) {
    if (corner) continue;
    fillSquare(type, x, y, markCells, cellType.mark);
    fillSquare(val, x, y, markCoreCells, 1);
  }
  for (const { x, y } of finders) {
    fillSquare(type, x, y, finderCells, cellType.finder);
    fillSquare(val, x, y, finderCells, 0);
  }
  return { type, val };
}

function fillSquare(table: Uint8Array, centerX: number, centerY: number, side: number, value: number): void {
  const left = centerX - side / 2;
  for (let y = centerY - side / 2; y < centerY + side / 2; y++)
    table.fill(value, y * cellsWide + left, y * cellsWide + left + side);
}

function cellsOf(type: Uint8Array, wanted: number): Int32Array {
  const cells = new Int32Array(dataCells);
  let n = 0;
  for (let cell = 0; cell < cellCount; cell++) if (type[cell] === wanted) cells[n++] = cell;
  return cells.subarray(0, n);
}

/** Fisher–Yates from the end. */
function shuffled(cells: Int32Array, next: () => number): Int32Array {
  for (let i = cells.length - 1; i > 0; i--) {
    const j = next() % (i + 1);
    const cell = cells[i] as number;
    cells[i] = cells[j] as number;
    cells[j] = cell;
  }
  return cells;
}
