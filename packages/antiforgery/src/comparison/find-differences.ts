/** 相違点: places that the nets say are different, as boxes. What is clearly different is told apart from what only may be. */
import type { Bilevel } from '../raster.ts';
import type { LaidOver, Sealed } from './lay-over.ts';
import type { Plane } from './plane.ts';
import { type Box, scoreChanges } from './score-changes.ts';

export interface Difference {
  readonly kind: 'missing' | 'added';
  readonly xMm: number;
  readonly yMm: number;
  readonly wMm: number;
  readonly hMm: number;
}

export interface Findings {
  readonly certain: readonly Difference[];
  /** More than on ordinary paper, less than a stroke; not told when something is certain. */
  readonly doubtful: readonly Difference[];
}

/**
 * A patch is judged by the sum of what its cells score above a level: a stroke covers many cells, of which hardly one may be odd by itself, and what is
 * odd about genuine paper is odd in a few (docs/forgeries.md has both tails). Cells that belong to a patch are above the lower level.
 */
const DOUBTFUL = { cell: -2.5, sum: 10 };
const CERTAIN = { cell: -1, sum: 14 };

/** So near to the edge of the sheet what lies beside it shades the paper. */
const EDGE_MM = { side: 9, end: 7 };
/**
 * And so near nothing is certain: few strokes say there where the paper lies, and a thin one is easily laid beside itself. At the sides that goes for the
 * frames of the forms, whose corners were seen a pixel off.
 */
const UNSURE_MM = { side: 17, end: 12 };
/**
 * Of a square of so many pixels the ink of the sealed picture, and the share of it that is bare on the paper: of 40 genuine pages at most 0.63, under
 * correcting fluid 1. The nets do not know the white of fluid, which is whiter than paper with its dots, and took a date under it for genuine.
 */
const BARE = { side: 20, inkMin: 30, tone: 0.2, share: 0.85 };

/** Cells of one patch are no farther apart than this, in cells. */
const JOIN = 2;
/** Cells around those that are different which belong to it. */
const AROUND = 1;

export function findDifferences(laid: LaidOver, sealed: Sealed): Findings {
  const inner = innerOf(sealed, EDGE_MM);
  const sure = innerOf(sealed, UNSURE_MM);
  const scores = scoreChanges(laid, sealed, inner);
  const patches = patchesOf(placesAbove(scores, DOUBTFUL.cell, inner), scores.width, JOIN);
  const told = (found: readonly Patch[]) =>
    found.map(({ box }) => {
      const around = widened(box, AROUND);
      return { kind: kindOf(around, laid, sealed), ...inMm(around, sealed.dpi) };
    });
  const certain = patches.filter(
    ({ cells }) => sumAbove(CERTAIN.cell, within(sure, cells, scores), scores) > CERTAIN.sum,
  );
  if (certain.length > 0) return { certain: told(certain), doubtful: [] };
  const bare = bareAreas(laid, sealed, inner).map((box) => ({ kind: 'missing' as const, ...inMm(box, sealed.dpi) }));
  const doubtful = patches.filter(({ cells }) => sumAbove(DOUBTFUL.cell, cells, scores) > DOUBTFUL.sum);
  return { certain: [], doubtful: [...told(doubtful), ...bare] };
}

/** Where nearly all the ink is missing, in cells. Squares beside one another are one area: what fluid covers is one box, not a dozen. */
function bareAreas(laid: LaidOver, sealed: Sealed, { left, top, right, bottom }: Box): Box[] {
  const step = BARE.side / 2;
  const [rows, columns] = [Math.floor((bottom - top) / step), Math.floor((right - left) / step)];
  // One column is always empty, so that the end of a row is not beside the next one's beginning.
  const squares = Array.from({ length: rows * (columns + 1) }, (_, i) => i).filter((i) => {
    const [row, column] = [Math.floor(i / (columns + 1)), i % (columns + 1)];
    return column < columns && isBare(laid, sealed, left + column * step, top + row * step);
  });
  return patchesOf(squares, columns + 1, 1).map(({ box }) => ({
    left: left + box.left * step,
    top: top + box.top * step,
    right: left + box.right * step,
    bottom: top + box.bottom * step,
  }));
}

function isBare({ cleaned }: LaidOver, { bits, width }: Bilevel, left: number, top: number): boolean {
  let [ink, bare] = [0, 0];
  for (let y = 2 * top; y < 2 * top + BARE.side; y++)
    for (let x = 2 * left, at = y * width + x; x < 2 * left + BARE.side; x++, at++)
      if (bits[at]) {
        ink++;
        if ((cleaned.values[at] as number) < BARE.tone) bare++;
      }
  return ink >= BARE.inkMin && bare > BARE.share * ink;
}

function sumAbove(level: number, cells: readonly number[], { values }: Plane): number {
  return cells.reduce((sum, cell) => sum + Math.max(0, (values[cell] as number) - level), 0);
}

function within(box: Box, cells: readonly number[], { width }: Plane): number[] {
  return cells.filter((cell) => lies(box, cell, width));
}

/** The sheet without its edge. */
function innerOf({ width, height, dpi }: Sealed, edgeMm: { readonly side: number; readonly end: number }): Box {
  const [side, end] = [edgeMm.side, edgeMm.end].map((mm) => Math.round((mm / 25.4) * (dpi / 2))) as [number, number];
  return { left: side, top: end, right: (width >> 1) - side, bottom: (height >> 1) - end };
}

function lies({ left, top, right, bottom }: Box, cell: number, width: number): boolean {
  const x = cell % width;
  const y = (cell - x) / width;
  return x >= left && x < right && y >= top && y < bottom;
}

function placesAbove({ values, width }: Plane, level: number, { left, top, right, bottom }: Box): number[] {
  const places: number[] = [];
  for (let y = top; y < bottom; y++)
    for (let x = left, at = y * width + x; x < right; x++, at++) if ((values[at] as number) > level) places.push(at);
  return places;
}

interface Patch {
  readonly cells: readonly number[];
  readonly box: Box;
}

/** Places no farther apart than `join`, row after row of so many. */
function patchesOf(places: readonly number[], width: number, join: number): Patch[] {
  const open = new Set(places);
  const found: Patch[] = [];
  for (const first of open) {
    open.delete(first);
    const cells = [first];
    let [left, top, right, bottom] = [width, Number.MAX_SAFE_INTEGER, 0, 0];
    for (let n = 0; n < cells.length; n++) {
      const at = cells[n] as number;
      const x = at % width;
      const y = (at - x) / width;
      [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
      for (let dy = -join; dy <= join; dy++)
        for (let dx = -join; dx <= join; dx++) {
          const next = at + dy * width + dx;
          if (open.delete(next)) cells.push(next);
        }
    }
    found.push({ cells, box: { left, top, right: right + 1, bottom: bottom + 1 } });
  }
  return found;
}

const widened = ({ left, top, right, bottom }: Box, by: number): Box => ({
  left: left - by,
  top: top - by,
  right: right + by,
  bottom: bottom + by,
});

/** Whether the box has more ink in the sealed picture or on the paper. */
function kindOf(
  { left, top, right, bottom }: Box,
  { cleaned }: LaidOver,
  { bits, width }: Bilevel,
): Difference['kind'] {
  let more = 0;
  for (let y = 2 * top; y < 2 * bottom; y++)
    for (let x = 2 * left, at = y * width + x; x < 2 * right; x++, at++)
      more += Math.min(1, cleaned.values[at] as number) - (bits[at] as number);
  return more > 0 ? 'added' : 'missing';
}

function inMm({ left, top, right, bottom }: Box, dpi: number): Omit<Difference, 'kind'> {
  const mm = (2 * 25.4) / dpi;
  return { xMm: left * mm, yMm: top * mm, wMm: (right - left) * mm, hMm: (bottom - top) * mm };
}
