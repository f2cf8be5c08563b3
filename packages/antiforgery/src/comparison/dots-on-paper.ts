/** The dots of けん制文字 as a camera sees them, and how much of what is uneven in a paper's tone they explain when they lie here or there. */
import { type CopyWarningPreset, copyWarningLayers, copyWarningPresets, tileSize } from '../paper/copy-warning.ts';
import { isPaper } from './even-tone.ts';
import { smooth } from './pixel-loops.ts';
import type { Plane } from './plane.ts';

/** The tiles are drawn for this resolution. */
export const TILE_DPI = 600;
/** Each line begins this share of a step later than the one before, which spreads the beginnings evenly. */
const GOLDEN = 0.618;

/** Coarse and fine dots grow differently on paper, so each layer has a strength of its own. */
export interface Layers {
  readonly ground: Plane;
  readonly letters: Plane;
}

/** Tile pixels. */
export interface TileShift {
  readonly dx: number;
  readonly dy: number;
}

export interface Fit {
  /** Share of the unevenness of the paper that the dots explain. */
  readonly explained: number;
  readonly ground: number;
  readonly letters: number;
  /** Tone that is left where there is no dot at all. */
  readonly bare: number;
}

/** Pixels of a page; right and bottom are one beyond. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const known = new Map<string, Layers>();

/** `spot`: that of the printer and the eye of the camera together, tile pixels. */
export function layersOf(preset: CopyWarningPreset, spot: number): Layers {
  const key = `${preset} ${spot}`;
  const made = known.get(key) ?? softLayers(preset, spot);
  known.set(key, made);
  return made;
}

function softLayers(preset: CopyWarningPreset, spot: number): Layers {
  const soft = (layer: Uint8Array) => smooth({ ...tileSize, values: new Float32Array(layer) }, spot);
  const { ground, letters } = copyWarningLayers(copyWarningPresets[preset]);
  return { ground: soft(ground), letters: soft(letters) };
}

/**
 * One in so many places of a region, where no ink is near. `oneIn` is a prime that divides no pitch, and each line begins elsewhere: steps that go
 * into a lattice of dots come upon it in one phase only, and see its dots all or none.
 */
export function paperIn(
  { left, top, right, bottom }: Region,
  { width }: Plane,
  distance: Uint8Array,
  oneIn: number,
): Int32Array {
  const slant = Math.round(oneIn * GOLDEN);
  const places: number[] = [];
  for (let y = top; y < bottom; y++)
    for (let x = left + ((y * slant) % oneIn); x < right; x += oneIn)
      if (isPaper(distance[y * width + x] as number)) places.push(y * width + x);
  return Int32Array.from(places);
}

/** The part of a region that is so far from the edge of the page, pixels. */
export const awayFromEdge = ({ left, top, right, bottom }: Region, { width, height }: Plane, edge: number): Region => ({
  left: Math.max(left, edge),
  top: Math.max(top, edge),
  right: Math.min(right, width - edge),
  bottom: Math.min(bottom, height - edge),
});

/** Least squares of tone ≈ bare + ground · g + letters · l over these places, of which each has its pixel of the tile. */
export function fitDots({ ground, letters }: Layers, tone: Plane, places: Int32Array, pixels: Int32Array): Fit {
  let [g, l, t, gg, ll, gl, gt, lt, tt] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let k = 0; k < places.length; k++) {
    const pixel = pixels[k] as number;
    const a = ground.values[pixel] as number;
    const b = letters.values[pixel] as number;
    const seen = Math.min(1, tone.values[places[k] as number] as number);
    g += a;
    l += b;
    t += seen;
    gg += a * a;
    ll += b * b;
    gl += a * b;
    gt += a * seen;
    lt += b * seen;
    tt += seen * seen;
  }
  const n = Math.max(1, places.length);
  const [vg, vl, c] = [gg - (g * g) / n, ll - (l * l) / n, gl - (g * l) / n];
  const [cg, cl, vt] = [gt - (g * t) / n, lt - (l * t) / n, tt - (t * t) / n];
  const area = vg * vl - c * c;
  if (area <= 1e-9 || vt <= 0) return { explained: 0, ground: 0, letters: 0, bare: 0 };
  const strength = { ground: (cg * vl - cl * c) / area, letters: (cl * vg - cg * c) / area };
  return {
    ...strength,
    explained: (strength.ground * cg + strength.letters * cl) / vt,
    bare: (t - strength.ground * g - strength.letters * l) / n,
  };
}

/** The column or line of the tile at a column or line of the page; `scale` tile pixels along one pixel. */
export const inTile = (place: number, scale: number, shift: number, side: number): number =>
  (((Math.round((place + 0.5) * scale + shift - 0.5) % side) + side) % side) | 0;

export const around = ({ dx, dy }: TileShift, by: readonly number[]): TileShift[] =>
  by.flatMap((x) => by.map((y) => ({ dx: dx + x, dy: dy + y })));
