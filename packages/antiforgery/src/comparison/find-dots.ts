/**
 * けん制文字 belongs on the paper: its dots stand at known places, so what they darken is taken away before anything is called an added
 * stroke. Which preset was printed, and by how little the page was shifted, the paper between the words tells.
 */
import { type CopyWarningPreset, copyWarningPresets, tileSize } from '../paper/copy-warning.ts';
import { alongBlocks } from './along-blocks.ts';
import {
  around,
  awayFromEdge,
  type Fit,
  fitDots,
  inTile,
  type Layers,
  layersOf,
  paperIn,
  TILE_DPI,
  type TileShift,
} from './dots-on-paper.ts';
import { type Drift, driftAt, findDrifts } from './find-drift.ts';
import { emptyPlane, type Plane } from './plane.ts';

/** Spot of the printer and eye of the camera together, tile pixels: from a good scanner to a phone. */
const SPOTS = [2, 3, 4];
const USUAL_SPOT = 3;
const SHIFTS = [-4.5, -3, -1.5, 0, 1.5, 3, 4.5];
const FINE_SHIFTS = [-0.75, 0, 0.75];
/** One place of paper in so many is looked at. */
const ONE_IN = 53;
/** Of these places again one in so many is enough to tell presets and rough shifts apart. */
const SOME = 6;
const MARGIN_MM = 12;
/** Where less is explained, no dots were printed. */
const EXPLAINED_MIN = 0.01;

export interface Dots extends Fit {
  readonly layers: Layers;
  readonly shift: TileShift;
  readonly drift: Drift;
  /** Tile pixels along one pixel of the page. */
  readonly scale: number;
}

/** Nothing when no preset explains the paper. */
export function findDots(tone: Plane, distance: Uint8Array, dpi: number): Dots | undefined {
  const scale = TILE_DPI / dpi;
  const page = { left: 0, top: 0, right: tone.width, bottom: tone.height };
  const places = paperIn(awayFromEdge(page, tone, Math.round((MARGIN_MM / 25.4) * dpi)), tone, distance, ONE_IN);
  const some = places.filter((_, i) => i % SOME === 0);
  const tried = (presets: readonly CopyWarningPreset[], shifts: readonly TileShift[], at: Int32Array) =>
    shifts.flatMap((shift) => {
      const pixels = pixelsAt(at, tone, scale, () => shift);
      return presets.map((preset) => ({ preset, shift, ...fitDots(layersOf(preset, USUAL_SPOT), tone, at, pixels) }));
    });
  const presets = Object.keys(copyWarningPresets) as CopyWarningPreset[];
  const rough = best(tried(presets, around({ dx: 0, dy: 0 }, SHIFTS), some));
  if (rough.explained < EXPLAINED_MIN) return undefined;
  const { preset, shift } = best(tried([rough.preset], around(rough.shift, FINE_SHIFTS), places));
  const drifts = findDrifts(layersOf(preset, USUAL_SPOT), tone, distance, dpi, shift);
  const followed = drifts.map((drift) => {
    const pixels = pixelsAt(places, tone, scale, (x, y) => {
      const { dx, dy } = driftAt(drift, x + 0.5, y + 0.5);
      return { dx: shift.dx + dx, dy: shift.dy + dy };
    });
    return { drift, pixels, ...fitDots(layersOf(preset, USUAL_SPOT), tone, places, pixels) };
  });
  const { drift, pixels } = best(followed);
  const fits = SPOTS.map((spot) => {
    const layers = layersOf(preset, spot);
    return { layers, ...fitDots(layers, tone, places, pixels) };
  });
  return { ...best(fits), shift, drift, scale };
}

export function withoutDots(tone: Plane, { layers, shift, drift, scale, ...strength }: Dots): Plane {
  const out = emptyPlane(tone.width, tone.height);
  const [ground, letters] = [layers.ground.values, layers.letters.values];
  const [dx, dy] = [new Float32Array(tone.width), new Float32Array(tone.width)];
  for (let y = 0, at = 0; y < tone.height; y++) {
    alongBlocks(drift.dx, drift.side, y, dx);
    alongBlocks(drift.dy, drift.side, y, dy);
    for (let x = 0; x < tone.width; x++, at++) {
      const pixel = tilePixel(x, y, scale, shift.dx + (dx[x] as number), shift.dy + (dy[x] as number));
      const dots = strength.ground * (ground[pixel] as number) + strength.letters * (letters[pixel] as number);
      out.values[at] = (tone.values[at] as number) - strength.bare - dots;
    }
  }
  return out;
}

const best = <Try extends Fit>(tries: readonly Try[]): Try =>
  tries.reduce((a, b) => (b.explained > a.explained ? b : a));

function pixelsAt(
  places: Int32Array,
  { width }: Plane,
  scale: number,
  shiftAt: (x: number, y: number) => TileShift,
): Int32Array {
  return places.map((at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    const { dx, dy } = shiftAt(x, y);
    return tilePixel(x, y, scale, dx, dy);
  });
}

const tilePixel = (x: number, y: number, scale: number, dx: number, dy: number): number =>
  inTile(y, scale, dy, tileSize.height) * tileSize.width + inTile(x, scale, dx, tileSize.width);
