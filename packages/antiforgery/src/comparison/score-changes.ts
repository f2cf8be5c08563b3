/** The laid photo and the sealed picture as the nets see them, tile by tile: how surely each cell of 2 × 2 pixels is different. */
import { openTileJudge, TILE, type TileJudge } from './judge-tile.ts';
import type { LaidOver, Sealed } from './lay-over.ts';
import { CELL_NUMBERS, netsOfChanges } from './net.ts';
import { emptyPlane, type Plane } from './plane.ts';

/** Tones beyond were not learned from. */
const [TONE_MIN, TONE_MAX] = [-0.5, 1.5];
/** Of places that were not looked at. */
const UNSEEN = -99;
/** A tile with a score above is looked at in all ways in which it can lie. */
const LOOK_AGAIN = -1;
/** Where more tiles than this are odd, another paper lies there, and nobody need look twice. */
const LOOKED_AGAIN_MAX = 100;
/** Upside down, from behind, and both lying on its side. */
const TURNS = 8;
/** A tile without ink is looked at when so many pixels of it are darker than this. */
const DARK = { tone: 0.4, pixels: 3 };

/** Cells; right and bottom are one beyond. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

let opened: TileJudge | undefined;

/** One number a cell. */
export function scoreChanges(laid: LaidOver, sealed: Sealed, inner: Box): Plane {
  opened ??= openTileJudge(netsOfChanges());
  const scores = emptyPlane(sealed.width >> 1, sealed.height >> 1);
  scores.values.fill(UNSEEN);
  let again = 0;
  for (let top = inner.top; top < inner.bottom; top += TILE)
    for (let left = inner.left; left < inner.right; left += TILE) {
      const tile = { left, top, right: Math.min(left + TILE, inner.right), bottom: Math.min(top + TILE, inner.bottom) };
      if (!hasInk(laid, sealed, tile)) continue;
      layOut(opened, laid, sealed, tile, 0);
      let judged = opened.judge();
      if (judged.some((score) => score > LOOK_AGAIN) && again++ < LOOKED_AGAIN_MAX)
        judged = fromAllSides(judged, opened, laid, sealed, tile);
      for (let y = 0; y < tile.bottom - top; y++)
        scores.values.set(judged.subarray(y * TILE, y * TILE + tile.right - left), (top + y) * scores.width + left);
    }
  return scores;
}

/**
 * Genuine places that look odd to the nets look less so from another side, changed ones as odd from every side: a tile with something in it
 * gets the mean of all. `first` is what was said of it as it lies.
 */
function fromAllSides(
  first: Float32Array,
  judge: TileJudge,
  ...[laid, sealed, tile]: [LaidOver, Sealed, Box]
): Float32Array {
  const mean = first.map((score) => score / TURNS);
  for (let turn = 1; turn < TURNS; turn++) {
    layOut(judge, laid, sealed, tile, turn);
    const scores = judge.judge();
    for (let y = 0, at = 0; y < TILE; y++)
      for (let x = 0; x < TILE; x++, at++) {
        const from = turnedPlace(x, y, TILE, turn);
        mean[from] = (mean[from] as number) + (scores[at] as number) / TURNS;
      }
  }
  return mean;
}

/** What comes to lie at x, y of a square when it is turned over lines (1), over columns (2) and then on its side (4). */
function turnedPlace(x: number, y: number, side: number, turn: number): number {
  const row = turn & 4 ? x : y;
  const column = turn & 4 ? y : x;
  return (turn & 1 ? side - 1 - row : row) * side + (turn & 2 ? side - 1 - column : column);
}

/** In the sealed picture or on the paper. */
function hasInk({ cleaned }: LaidOver, { bits, width }: Sealed, { left, top, right, bottom }: Box): boolean {
  let dark = 0;
  for (let y = 2 * top; y < 2 * bottom; y++)
    for (let x = 2 * left, at = y * width + x; x < 2 * right; x++, at++) {
      if (bits[at]) return true;
      if ((cleaned.values[at] as number) > DARK.tone) dark++;
    }
  return dark >= DARK.pixels;
}

/** Into `out`. Beyond the sheet there is bare paper. */
function layOut(
  { cells: out, edge }: TileJudge,
  laid: LaidOver,
  sealed: Sealed,
  { left, top }: Box,
  turn: number,
): void {
  const { width, height, bits } = sealed;
  const { tone, cleaned, paper, contrast } = laid;
  const quarters = laid.quarters.map(({ values }) => values);
  const side = TILE + 2 * edge;
  const n = 2 * side;
  // Where the first, second, third and fourth quarter of a pixel come from.
  const quarterAt = [0, 1, 2, 3].map((k) => quarters[turnedPlace(k & 1, k >> 1, 2, turn)] as Float32Array);
  const [a, b, c, d] = quarterAt as [Float32Array, Float32Array, Float32Array, Float32Array];
  out.fill(0);
  for (let j = 0; j < n; j++)
    for (let i = 0; i < n; i++) {
      const from = turnedPlace(i, j, n, turn);
      const x = 2 * (left - edge) + (from % n);
      const y = 2 * (top - edge) + Math.floor(from / n);
      if (x < 0 || x >= width || y < 0 || y >= height) continue;
      const at = y * width + x;
      const bare = paper[at] as number;
      const cell = ((j >> 1) * side + (i >> 1)) * CELL_NUMBERS;
      const pixel = (j & 1) * 2 + (i & 1);
      const fine = cell + 4 + (j & 1) * 8 + (i & 1) * 2;
      out[cell + pixel] = bits[at] as number;
      out[fine] = within(((a[at] as number) - bare) / contrast);
      out[fine + 1] = within(((b[at] as number) - bare) / contrast);
      out[fine + 4] = within(((c[at] as number) - bare) / contrast);
      out[fine + 5] = within(((d[at] as number) - bare) / contrast);
      out[cell + 20 + pixel] = within((tone.values[at] as number) - (cleaned.values[at] as number));
    }
}

const within = (tone: number) => (tone < TONE_MIN ? TONE_MIN : tone > TONE_MAX ? TONE_MAX : tone);
