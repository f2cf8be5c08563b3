/**
 * けん制文字 belongs on the paper: its dots stand at known places, so what they darken is taken away before anything is called an added
 * stroke. Which preset was printed, and by how little the page was shifted, the paper between the words tells.
 */
import { copyWarningPresets, copyWarningTile, tileSize } from '../paper/copy-warning.ts';
import { isPaper } from './even-tone.ts';
import { emptyPlane, type Plane } from './plane.ts';
import { smooth } from './smooth.ts';

/** The tiles are drawn for this resolution. */
const TILE_DPI = 600;
/** Spot of the printer and eye of the camera together, tile pixels. */
const SPOT = 3;
const SHIFTS = [-4.5, -3, -1.5, 0, 1.5, 3, 4.5];
/** Paper is looked at in every so manieth line and column. */
const SPARSE = 9;
const MARGIN_MM = 12;
const CERTAIN = 0.1;

let softTiles: readonly Plane[] | undefined;
const tiles = (): readonly Plane[] =>
  (softTiles ??= Object.values(copyWarningPresets).map((preset) => {
    const { width, height } = tileSize;
    return smooth({ width, height, values: Float32Array.from(copyWarningTile(preset)) }, SPOT);
  }));

export function withoutDots(tone: Plane, distance: Uint8Array, dpi: number): Plane {
  const places = sparsePaper(tone, distance, dpi);
  const scale = TILE_DPI / dpi;
  let best = { likeness: 0, amount: 0, mean: 0, tile: undefined as Plane | undefined, dx: 0, dy: 0 };
  for (const tile of tiles())
    for (const dx of SHIFTS)
      for (const dy of SHIFTS) {
        const found = likenessTo(tile, tone, places, scale, dx, dy);
        if (found.likeness > best.likeness) best = { ...found, tile, dx, dy };
      }
  const { tile, dx, dy, amount, mean, likeness } = best;
  if (!tile || likeness < CERTAIN) return tone;
  const out = emptyPlane(tone.width, tone.height);
  for (let y = 0, at = 0; y < tone.height; y++)
    for (let x = 0; x < tone.width; x++, at++)
      out.values[at] = (tone.values[at] as number) - amount * (tintAt(tile, x, y, scale, dx, dy) - mean);
  return out;
}

function sparsePaper({ width, height }: Plane, distance: Uint8Array, dpi: number): Int32Array {
  const margin = Math.round((MARGIN_MM / 25.4) * dpi);
  const places: number[] = [];
  for (let y = margin; y < height - margin; y += SPARSE)
    for (let x = margin; x < width - margin; x += SPARSE)
      if (isPaper(distance[y * width + x] as number)) places.push(y * width + x);
  return Int32Array.from(places);
}

function likenessTo(tile: Plane, tone: Plane, places: Int32Array, scale: number, dx: number, dy: number) {
  let [sumA, sumB, squaresA, squaresB, product] = [0, 0, 0, 0, 0];
  for (const at of places) {
    const x = at % tone.width;
    const a = tintAt(tile, x, (at - x) / tone.width, scale, dx, dy);
    const b = tone.values[at] as number;
    sumA += a;
    sumB += b;
    squaresA += a * a;
    squaresB += b * b;
    product += a * b;
  }
  const n = Math.max(1, places.length);
  const spreadA = squaresA - (sumA * sumA) / n;
  const spreadB = squaresB - (sumB * sumB) / n;
  const common = product - (sumA * sumB) / n;
  if (spreadA <= 0 || spreadB <= 0) return { likeness: 0, amount: 0, mean: 0 };
  return { likeness: common / Math.sqrt(spreadA * spreadB), amount: common / spreadA, mean: sumA / n };
}

function tintAt({ width, height, values }: Plane, x: number, y: number, scale: number, dx: number, dy: number): number {
  const column = Math.round((x + 0.5) * scale + dx - 0.5);
  const row = Math.round((y + 0.5) * scale + dy - 0.5);
  return values[(((row % height) + height) % height) * width + (((column % width) + width) % width)] as number;
}
