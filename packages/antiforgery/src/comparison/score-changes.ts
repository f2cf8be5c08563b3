/** The laid photo and the sealed picture as the net sees them, tile by tile: how surely each cell of 2 × 2 pixels is different. */
import { openTileJudge, TILE, type TileJudge } from './judge-tile.ts';
import type { LaidOver, Sealed } from './lay-over.ts';
import { CELL_NUMBERS, type Net, netOfChanges } from './net.ts';
import { emptyPlane, type Plane } from './plane.ts';

/** Tones beyond were not learned from. */
const [TONE_MIN, TONE_MAX] = [-0.5, 1.5];
/** Of places that were not looked at. */
const UNSEEN = -99;
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
  const net = netOfChanges();
  opened ??= openTileJudge(net);
  const scores = emptyPlane(sealed.width >> 1, sealed.height >> 1);
  scores.values.fill(UNSEEN);
  for (let top = inner.top; top < inner.bottom; top += TILE)
    for (let left = inner.left; left < inner.right; left += TILE) {
      const tile = { left, top, right: Math.min(left + TILE, inner.right), bottom: Math.min(top + TILE, inner.bottom) };
      if (!hasInk(laid, sealed, tile)) continue;
      layOut(opened.cells, laid, sealed, net, tile);
      const judged = opened.judge();
      for (let y = 0; y < tile.bottom - top; y++)
        scores.values.set(judged.subarray(y * TILE, y * TILE + tile.right - left), (top + y) * scores.width + left);
    }
  return scores;
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
function layOut(out: Float32Array, laid: LaidOver, sealed: Sealed, { edge }: Net, { left, top }: Box): void {
  const { width, height, bits } = sealed;
  const { tone, cleaned, paper, contrast } = laid;
  const [a, b, c, d] = laid.quarters.map(({ values }) => values) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const side = TILE + 2 * edge;
  out.fill(0);
  for (let j = 0; j < 2 * side; j++) {
    const y = 2 * (top - edge) + j;
    if (y < 0 || y >= height) continue;
    for (let i = 0; i < 2 * side; i++) {
      const x = 2 * (left - edge) + i;
      if (x < 0 || x >= width) continue;
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
}

const within = (tone: number) => (tone < TONE_MIN ? TONE_MIN : tone > TONE_MAX ? TONE_MAX : tone);
