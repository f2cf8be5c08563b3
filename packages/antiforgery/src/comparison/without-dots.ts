/**
 * けん制文字 belongs on the paper: its dots stand at known places, so what they darken is taken away before anything is called an added
 * stroke. Which preset was printed, and by how little the page was shifted, the paper between the words tells.
 */
import { type CopyWarningPreset, copyWarningLayers, copyWarningPresets, tileSize } from '../paper/copy-warning.ts';
import { isPaper } from './even-tone.ts';
import { smooth } from './pixel-loops.ts';
import { emptyPlane, type Plane } from './plane.ts';

/** The tiles are drawn for this resolution. */
const TILE_DPI = 600;
/** Spot of the printer and eye of the camera together, tile pixels: from a good scanner to a phone. */
const SPOTS = [2, 3, 4];
const USUAL_SPOT = 3;
const SHIFTS = [-4.5, -3, -1.5, 0, 1.5, 3, 4.5];
const FINE_SHIFTS = [-0.75, 0, 0.75];
/** Paper is looked at in every so manieth line and column. */
const SPARSE = 9;
/** Of these places one in so many is enough to tell presets and rough shifts apart. */
const SOME = 4;
const MARGIN_MM = 12;
const CERTAIN = 0.1;

/** Coarse and fine dots grow differently on paper, so each layer has a strength of its own. */
interface Layers {
  readonly ground: Plane;
  readonly letters: Plane;
}

interface Printed {
  readonly preset: CopyWarningPreset;
  readonly layers: Layers;
  readonly dx: number;
  readonly dy: number;
}

interface Fit {
  /** Share of the unevenness of the paper that the dots explain. */
  readonly explained: number;
  readonly ground: number;
  readonly letters: number;
  /** Tone that is left where there is no dot at all. */
  readonly bare: number;
}

export function withoutDots(tone: Plane, distance: Uint8Array, dpi: number): Plane {
  const places = sparsePaper(tone, distance, dpi);
  const some = places.filter((_, i) => i % SOME === 0);
  const scale = TILE_DPI / dpi;
  const best = (tries: readonly Printed[], at: Int32Array): Printed & Fit =>
    tries
      .map((printed) => ({ ...printed, ...fit(printed, tone, at, scale) }))
      .reduce((a, b) => (b.explained > a.explained ? b : a));
  const shifted = (preset: CopyWarningPreset, x: number, y: number, by: readonly number[]): Printed[] =>
    by.flatMap((dx) => by.map((dy) => ({ preset, layers: layersOf(preset, USUAL_SPOT), dx: x + dx, dy: y + dy })));
  const presets = Object.keys(copyWarningPresets) as CopyWarningPreset[];
  const rough = best(
    presets.flatMap((preset) => shifted(preset, 0, 0, SHIFTS)),
    some,
  );
  if (rough.explained < CERTAIN ** 2) return tone;
  const place = best(shifted(rough.preset, rough.dx, rough.dy, FINE_SHIFTS), places);
  const printed = best(
    SPOTS.map((spot) => ({ ...place, layers: layersOf(place.preset, spot) })),
    places,
  );
  return less(tone, printed, scale);
}

function less(tone: Plane, printed: Printed & Fit, scale: number): Plane {
  const out = emptyPlane(tone.width, tone.height);
  const { columns, rows } = tilePlaces(tone, scale, printed);
  const [ground, letters] = [printed.layers.ground.values, printed.layers.letters.values];
  for (let y = 0, at = 0; y < tone.height; y++)
    for (let x = 0; x < tone.width; x++, at++) {
      const pixel = (rows[y] as number) + (columns[x] as number);
      const dots = printed.ground * (ground[pixel] as number) + printed.letters * (letters[pixel] as number);
      out.values[at] = (tone.values[at] as number) - printed.bare - dots;
    }
  return out;
}

const known = new Map<string, Layers>();

function layersOf(preset: CopyWarningPreset, spot: number): Layers {
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

function sparsePaper({ width, height }: Plane, distance: Uint8Array, dpi: number): Int32Array {
  const margin = Math.round((MARGIN_MM / 25.4) * dpi);
  const places: number[] = [];
  for (let y = margin; y < height - margin; y += SPARSE)
    for (let x = margin; x < width - margin; x += SPARSE)
      if (isPaper(distance[y * width + x] as number)) places.push(y * width + x);
  return Int32Array.from(places);
}

/** Least squares of tone ≈ bare + ground · g + letters · l over the paper that was picked. */
function fit(printed: Printed, tone: Plane, places: Int32Array, scale: number): Fit {
  const [ground, letters] = [printed.layers.ground.values, printed.layers.letters.values];
  const { columns, rows } = tilePlaces(tone, scale, printed);
  let [g, l, t, gg, ll, gl, gt, lt, tt] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let k = 0; k < places.length; k++) {
    const at = places[k] as number;
    const x = at % tone.width;
    const pixel = (rows[((at - x) / tone.width) | 0] as number) + (columns[x] as number);
    const a = ground[pixel] as number;
    const b = letters[pixel] as number;
    const seen = Math.min(1, tone.values[at] as number);
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

/** For each column and line of the picture, where that of the tile begins. */
function tilePlaces({ width, height }: Plane, scale: number, { dx, dy }: Printed) {
  const inTile = (place: number, shift: number, side: number) =>
    (((Math.round((place + 0.5) * scale + shift - 0.5) % side) + side) % side) | 0;
  return {
    columns: Int32Array.from({ length: width }, (_, x) => inTile(x, dx, tileSize.width)),
    rows: Int32Array.from({ length: height }, (_, y) => inTile(y, dy, tileSize.height) * tileSize.width),
  };
}
