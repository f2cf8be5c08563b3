/**
 * How surely each cell is white rather than black, as the logarithm of the ratio. The known cells round about say how far a cell can be
 * believed here; what is covered by a blot, a pen or a hand says nothing.
 */
import { cellsHigh, cellsWide } from '../format/geometry.ts';

const BLOCK = 16;
const BLOCKS_WIDE = cellsWide / BLOCK;
const BLOCKS_HIGH = cellsHigh / BLOCK;
const BLOCKS = BLOCKS_WIDE * BLOCKS_HIGH;
/** So many known cells of the whole sheet are added to those of a block and its neighbours. */
const SHARED = 8;
const VARIANCE_MIN = 0.03;
const SHEET_VARIANCE_MIN = 0.02;
const SOFT_MAX = 9;

export interface SoftCells {
  /** By cell; positive = white. */
  readonly soft: Float32Array;
  /** Share of known cells that come out wrong. */
  readonly errors: number;
  /** Mean of the known cells: 1 = exactly as printed, 0 = nothing to do with it. */
  readonly agreement: number;
  /** Share of cells that lie under something. */
  readonly covered: number;
}

/** `cells` from the equaliser. */
export function softCellsOf(cells: Float32Array, known: Int8Array): SoftCells {
  const sums = sumKnown(cells, known);
  const trust = trustByBlock(sums);
  const leaning = meanOfFive(cells);
  const soft = new Float32Array(cells.length);
  let covered = 0;
  for (let y = 0, cell = 0; y < cellsHigh; y++) {
    const firstBlock = Math.floor(y / BLOCK) * BLOCKS_WIDE;
    for (let x = 0; x < cellsWide; x++, cell++) {
      const lean = leaning[cell] as number;
      if (lean > LEANING_MAX || lean < -LEANING_MAX) {
        covered += 1;
        continue;
      }
      const value = (trust[firstBlock + ((x / BLOCK) | 0)] as number) * (cells[cell] as number);
      soft[cell] = value > SOFT_MAX ? SOFT_MAX : value < -SOFT_MAX ? -SOFT_MAX : value;
    }
  }
  return { soft, covered: covered / cells.length, errors: sums.errors / sums.count, agreement: sums.mean };
}

interface KnownSums {
  /** By block: sum of the values, each times its sign; of their squares; how many. */
  readonly sum: Float64Array;
  readonly squares: Float64Array;
  readonly n: Float64Array;
  /** Of the whole sheet. */
  readonly errors: number;
  readonly count: number;
  readonly mean: number;
  readonly variance: number;
}

function sumKnown(cells: Float32Array, known: Int8Array): KnownSums {
  const [sum, squares, n] = [new Float64Array(BLOCKS), new Float64Array(BLOCKS), new Float64Array(BLOCKS)];
  let errors = 0;
  let count = 0;
  let total = 0;
  let totalSquares = 0;
  for (let y = 0, cell = 0; y < cellsHigh; y++)
    for (let x = 0; x < cellsWide; x++, cell++) {
      const colour = known[cell] as number;
      if (colour < 0) continue;
      const value = colour ? -(cells[cell] as number) : (cells[cell] as number);
      const block = Math.floor(y / BLOCK) * BLOCKS_WIDE + ((x / BLOCK) | 0);
      sum[block] = (sum[block] as number) + value;
      squares[block] = (squares[block] as number) + value * value;
      n[block] = (n[block] as number) + 1;
      total += value;
      totalSquares += value * value;
      count += 1;
      if (value < 0) errors += 1;
    }
  const mean = total / count;
  const variance = Math.max(SHEET_VARIANCE_MIN, totalSquares / count - mean * mean);
  return { sum, squares, n, errors, count, mean, variance };
}

/** By block: what the value of a cell is multiplied with, 2 · mean / variance. */
function trustByBlock({ sum, squares, n, mean, variance }: KnownSums): Float64Array {
  return Float64Array.from(sum, (_, block) => {
    const [i, j] = [block % BLOCKS_WIDE, Math.floor(block / BLOCKS_WIDE)];
    let total = mean * SHARED;
    let totalSquares = (variance + mean * mean) * SHARED;
    let count = SHARED;
    for (let y = Math.max(0, j - 1); y <= Math.min(BLOCKS_HIGH - 1, j + 1); y++)
      for (let x = Math.max(0, i - 1); x <= Math.min(BLOCKS_WIDE - 1, i + 1); x++) {
        const near = y * BLOCKS_WIDE + x;
        const weight = near === block ? 1 : 0.5;
        total += weight * (sum[near] as number);
        totalSquares += weight * (squares[near] as number);
        count += weight * (n[near] as number);
      }
    const here = total / count;
    return (2 * Math.max(0, here)) / Math.max(VARIANCE_MIN, totalSquares / count - here * here);
  });
}

/** Cells are black and white by chance: 25 together hardly ever lean this far to one side, but a blot does. */
const LEANING_MAX = 0.62;
const LEANING_CAP = 1.3;
const capped = (value: number) => (value > LEANING_CAP ? LEANING_CAP : value < -LEANING_CAP ? -LEANING_CAP : value);

/** Of each cell and the 24 around it; 0 at the very edge. */
function meanOfFive(cells: Float32Array): Float32Array {
  const rows = new Float32Array(cells.length);
  for (let y = 0; y < cellsHigh; y++) {
    const row = y * cellsWide;
    let sum = 0;
    for (let x = 0; x < cellsWide; x++) {
      sum += capped(cells[row + x] as number);
      if (x >= 5) sum -= capped(cells[row + x - 5] as number);
      if (x >= 4) rows[row + x - 2] = sum;
    }
  }
  const means = new Float32Array(cells.length);
  for (let cell = 2 * cellsWide; cell < cells.length - 2 * cellsWide; cell++)
    means[cell] =
      ((rows[cell - 2 * cellsWide] as number) +
        (rows[cell - cellsWide] as number) +
        (rows[cell] as number) +
        (rows[cell + cellsWide] as number) +
        (rows[cell + 2 * cellsWide] as number)) /
      25;
  return means;
}
