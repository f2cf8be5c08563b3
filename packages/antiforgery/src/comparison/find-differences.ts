/**
 * 相違点: ink that the sealed picture has and the paper has not, and the other way round. Missing ink is looked for along the strokes, added ink where the
 * sealed picture is white, as a blot and as a line in eight directions. What is clearly different is told apart from what only may be.
 */
import type { Bilevel } from '../raster.ts';
import { FAR } from './distance-from-ink.ts';
import { smooth } from './pixel-loops.ts';
import { emptyPlane, type Plane } from './plane.ts';

export interface Difference {
  readonly kind: 'missing' | 'added';
  readonly xMm: number;
  readonly yMm: number;
  readonly wMm: number;
  readonly hMm: number;
}

export interface Findings {
  readonly certain: readonly Difference[];
  /** More than on ordinary paper, less than a stroke; not looked for when something is certain. */
  readonly doubtful: readonly Difference[];
}

export interface Levels {
  readonly certain: number;
  readonly doubtful: number;
}

/** Tone along a stroke below which it is not there. The faintest strokes of honest papers stay above. */
const STROKE: Levels = { certain: 0.07, doubtful: 0.09 };
const STROKE_PIXELS: Levels = { certain: 12, doubtful: 10 };
/** Ink is gone where less than this is left of what strokes as broad have elsewhere on the page. */
const LEFT = 0.35;
/** Pixels of gone ink within some half a millimetre. Of honest papers the worst have 7.9. */
const GONE: Levels = { certain: 8.8, doubtful: 8.2 };
const GONE_SPOT = 2;
/** Spread of a spot, pixels. */
const SPOT = 1.2;
const SPOT_AREA = 2 * Math.PI * SPOT ** 2;
/** Ink in a spot of some 0.6 mm, in pixels of solid ink. */
const BLOT: Levels = { certain: 3.9, doubtful: 3.1 };
/**
 * Mean tone along a line of some 1 mm, with so much ink in its darkest spot. A hairline that fell just under the threshold of the sealed
 * picture comes to 0.41, but it holds little ink: honest papers have 2.8 at most, added strokes of forgeries began at 4.1.
 */
const LINE: Levels = { certain: 0.4, doubtful: 0.33 };
const LINE_BLOT: Levels = { certain: 3, doubtful: 2.6 };
/** Nearer to ink than this, added ink cannot be told from a fat stroke. */
const CLEAR_OF_INK = 2;

/** So near to the edge of the sheet what lies beside it shades the paper. */
const EDGE_MM = { side: 9, end: 7 };
/** And so near nothing is certain: few strokes say there where the paper lies, and a thin one is easily laid beside itself. */
const UNSURE_MM = { side: 12, end: 12 };

export function findDifferences(
  tone: Plane,
  cleaned: Plane,
  sealed: Bilevel,
  distance: Uint8Array,
  dpi: number,
): Findings {
  const strokes = strokesOf(tone, sealed);
  const added = addedInk(cleaned, sealed, distance);
  const blots = smooth(added, SPOT).values;
  const lines = strongestLine(added, blots);
  const inner = innerOf(sealed, dpi, EDGE_MM);
  const sure = innerOf(sealed, dpi, UNSURE_MM);
  const missing = missingPlaces(strokes, sealed, inner);
  const more = addedPlaces(blots, lines, sealed, inner);
  const counts = (place: number, level: keyof Levels) => level === 'doubtful' || lies(sure, place, sealed.width);
  const isBlot = (place: number, level: keyof Levels) => (blots[place] as number) > BLOT[level] / SPOT_AREA;
  const isLine = (place: number, level: keyof Levels) =>
    (lines[place] as number) > LINE[level] && (blots[place] as number) > LINE_BLOT[level] / SPOT_AREA;
  const at = (level: keyof Levels): Difference[] => [
    ...patches(
      missing.filter(
        (place) => counts(place, level) && (isPale(strokes, place, level) || isGone(strokes, place, level)),
      ),
      sealed,
      dpi,
    )
      .filter(
        ({ places }) =>
          places.some((place) => isGone(strokes, place, level)) ||
          places.filter((place) => isPale(strokes, place, level)).length >= STROKE_PIXELS[level],
      )
      .map(({ box }) => ({ kind: 'missing' as const, ...box })),
    ...patches(
      more.filter((place) => counts(place, level) && (isBlot(place, level) || isLine(place, level))),
      sealed,
      dpi,
    ).map(({ box }) => ({ kind: 'added' as const, ...box })),
  ];
  const certain = at('certain');
  // Slight ones no longer matter then.
  return { certain, doubtful: certain.length > 0 ? [] : at('doubtful') };
}

interface Inner {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The sheet without its edge, pixels. */
function innerOf(
  { width, height }: Bilevel,
  dpi: number,
  edgeMm: { readonly side: number; readonly end: number },
): Inner {
  const [side, end] = [edgeMm.side, edgeMm.end].map((mm) => Math.round((mm / 25.4) * dpi)) as [number, number];
  return { left: side, top: end, right: width - side, bottom: height - end };
}

function lies({ left, top, right, bottom }: Inner, place: number, width: number): boolean {
  const x = place % width;
  const y = (place - x) / width;
  return x >= left && x < right && y >= top && y < bottom;
}

const isPale = ({ tones }: Strokes, place: number, level: keyof Levels) => (tones[place] as number) < STROKE[level];
const isGone = ({ gone }: Strokes, place: number, level: keyof Levels) => (gone[place] as number) > GONE[level];

function missingPlaces(strokes: Strokes, { bits, width }: Bilevel, { left, top, right, bottom }: Inner): number[] {
  const places: number[] = [];
  for (let y = top; y < bottom; y++)
    for (let x = left, at = y * width + x; x < right; x++, at++)
      if (bits[at] && (isPale(strokes, at, 'doubtful') || isGone(strokes, at, 'doubtful'))) places.push(at);
  return places;
}

function addedPlaces(
  blots: Float32Array,
  lines: Float32Array,
  { width }: Bilevel,
  { left, top, right, bottom }: Inner,
) {
  const blotMin = BLOT.doubtful / SPOT_AREA;
  const places: number[] = [];
  for (let y = top; y < bottom; y++)
    for (let x = left, at = y * width + x; x < right; x++, at++)
      if ((blots[at] as number) > blotMin || (lines[at] as number) > LINE.doubtful) places.push(at);
  return places;
}

interface Strokes {
  /** For each pixel of ink the mean tone of the ink around it. */
  readonly tones: Float32Array;
  /** And how much ink around is gone, pixels. A hairline is paler than a bar: each is held against strokes as broad. */
  readonly gone: Float32Array;
}

function strokesOf(tone: Plane, { bits, width, height }: Bilevel): Strokes {
  const soft = smooth(tone, 0.6).values;
  const bare = soft.slice();
  for (let at = 0; at < bits.length; at++) {
    if (bits[at]) bare[at] = 0;
    else soft[at] = 0;
  }
  const tones = smooth({ width, height, values: soft }, 1.5).values;
  const breadths = smooth({ width, height, values: new Float32Array(bits) }, 1.5).values;
  for (let at = 0; at < bits.length; at++)
    if (bits[at]) tones[at] = (tones[at] as number) / Math.max(1e-6, breadths[at] as number);
  const usual = usualTones(bits, tones, breadths);
  const gone = new Float32Array(bits.length);
  for (let at = 0; at < bits.length; at++) {
    if (!bits[at]) continue;
    const whole = usual[breadthOf(breadths, at)] as number;
    if ((tones[at] as number) >= LEFT * whole || liesAside(bare, at, width, whole)) continue;
    gone[at] = 2 * Math.PI * GONE_SPOT ** 2;
  }
  return { tones, gone: smooth({ width, height, values: gone }, GONE_SPOT).values };
}

/** A line of a frame that was laid a pixel or two aside: its ink is there, on what should be bare. */
function liesAside(bare: Float32Array, at: number, width: number, whole: number): boolean {
  const enough = whole / 2;
  for (let far = 1; far <= 3; far++)
    for (const step of [far, -far, far * width, -far * width]) if ((bare[at + step] ?? 0) > enough) return true;
  return false;
}

const BREADTHS = 32;
const breadthOf = (breadths: Float32Array, at: number) =>
  Math.min(BREADTHS - 1, (breadths[at] as number) * BREADTHS) | 0;
/** Paler than this no stroke is thought to be. */
const PALEST = 0.05;

/** The middle tone of strokes of each breadth. */
function usualTones(bits: Uint8Array, tones: Float32Array, breadths: Float32Array): Float32Array {
  const histograms = new Uint32Array(BREADTHS * BINS.count);
  for (let at = 0; at < bits.length; at++) {
    if (!bits[at]) continue;
    const slot = breadthOf(breadths, at) * BINS.count + binOf(tones[at] as number);
    histograms[slot] = (histograms[slot] as number) + 1;
  }
  return Float32Array.from({ length: BREADTHS }, (_, breadth) =>
    Math.max(PALEST, middleOf(histograms.subarray(breadth * BINS.count, (breadth + 1) * BINS.count))),
  );
}

/** Tones as whole numbers, to count them. */
const BINS = { count: 400, perTone: 100, paper: 150 };

function binOf(tone: number): number {
  const bin = (tone * BINS.perTone + BINS.paper + 0.5) | 0;
  return bin < 0 ? 0 : bin >= BINS.count ? BINS.count - 1 : bin;
}

const DISTANCES = 6;
const DENSITIES = 8;

/** What stands on white, over what usually stands that near to that much ink: strokes shine a little beyond their edges. */
function addedInk(cleaned: Plane, sealed: Bilevel, distance: Uint8Array): Plane {
  const { width, height, bits } = sealed;
  const around = boxSums(bits, width, height, 3);
  const kinds = new Uint8Array(bits.length);
  const histograms = new Uint32Array(DISTANCES * DENSITIES * BINS.count);
  for (let at = 0; at < bits.length; at++) {
    const far = distance[at] as number;
    if (far < CLEAR_OF_INK) continue;
    const dense = Math.min(DENSITIES - 1, Math.floor(((around[at] as number) * 14) / 49));
    const kind = Math.min(DISTANCES - 1, far) * DENSITIES + dense;
    kinds[at] = kind;
    const slot = kind * BINS.count + binOf(cleaned.values[at] as number);
    histograms[slot] = (histograms[slot] as number) + 1;
  }
  const usual = Float32Array.from({ length: DISTANCES * DENSITIES }, (_, kind) =>
    middleOf(histograms.subarray(kind * BINS.count, (kind + 1) * BINS.count)),
  );
  const out = emptyPlane(width, height);
  for (let at = 0; at < bits.length; at++) {
    const kind = kinds[at] as number;
    // Kind 0 is what lies too near.
    if (kind) out.values[at] = (cleaned.values[at] as number) - (usual[kind] as number);
  }
  return out;
}

function middleOf(histogram: Uint32Array): number {
  const count = histogram.reduce((sum, n) => sum + n, 0);
  if (count < 50) return 0;
  let below = 0;
  for (let bin = 0; bin < histogram.length; bin++) {
    below += histogram[bin] as number;
    if (below * 2 >= count) return (bin - BINS.paper) / BINS.perTone;
  }
  return 0;
}

/** How much ink there is in the square around each pixel; nothing beyond the edge. */
function boxSums(bits: Uint8Array, width: number, height: number, reach: number): Uint8Array {
  const columns = new Uint8Array(width + 2 * reach + 1);
  const out = new Uint8Array(bits.length);
  const add = (y: number, sign: 1 | -1) => {
    if (y < 0 || y >= height) return;
    for (let x = 0, at = y * width, to = reach + 1; x < width; x++, at++, to++)
      columns[to] = (columns[to] as number) + sign * (bits[at] as number);
  };
  for (let y = 0; y < reach; y++) add(y, 1);
  for (let y = 0, at = 0; y < height; y++) {
    add(y + reach, 1);
    add(y - reach - 1, -1);
    let sum = 0;
    for (let x = 0; x < 2 * reach; x++) sum += columns[x + 1] as number;
    for (let x = 0; x < width; x++, at++) {
      sum += (columns[x + 2 * reach + 1] as number) - (columns[x] as number);
      out[at] = sum;
    }
  }
  return out;
}

const LINE_REACH = 6;
const LINE_LENGTH = 2.6;
const LINE_BREADTH = 0.8;
/** A spot of a line has at least so much, if the line comes near its level: only there is it worth to look in all directions. */
const WORTH = 0.18;

interface Taps {
  readonly dx: Int32Array;
  readonly dy: Int32Array;
  readonly weights: Float32Array;
}

const lineFilters = Array.from({ length: 8 }, (_, i): Taps => {
  const [cos, sin] = [Math.cos((i * Math.PI) / 8), Math.sin((i * Math.PI) / 8)];
  const taps: { dx: number; dy: number; weight: number }[] = [];
  for (let dy = -LINE_REACH; dy <= LINE_REACH; dy++)
    for (let dx = -LINE_REACH; dx <= LINE_REACH; dx++) {
      const along = (dx * cos + dy * sin) / LINE_LENGTH;
      const across = (dy * cos - dx * sin) / LINE_BREADTH;
      const weight = Math.exp(-(along ** 2 + across ** 2) / 2);
      if (weight > 0.01) taps.push({ dx, dy, weight });
    }
  const sum = taps.reduce((total, { weight }) => total + weight, 0);
  return {
    dx: Int32Array.from(taps, ({ dx }) => dx),
    dy: Int32Array.from(taps, ({ dy }) => dy),
    weights: Float32Array.from(taps, ({ weight }) => weight / sum),
  };
});

function strongestLine({ width, height, values }: Plane, blurred: Float32Array): Float32Array {
  const filters = lineFilters.map(({ dx, dy, weights }) => ({
    steps: dx.map((x, k) => x + (dy[k] as number) * width),
    weights,
  }));
  const out = new Float32Array(values.length);
  for (let y = LINE_REACH; y < height - LINE_REACH; y++)
    for (let x = LINE_REACH, at = y * width + x; x < width - LINE_REACH; x++, at++) {
      if ((blurred[at] as number) < WORTH) continue;
      let best = 0;
      for (const filter of filters) best = Math.max(best, along(values, at, filter));
      out[at] = best;
    }
  return out;
}

function along(
  values: Float32Array,
  at: number,
  { steps, weights }: { readonly steps: Int32Array; readonly weights: Float32Array },
): number {
  let sum = 0;
  for (let k = 0; k < steps.length; k++) sum += (weights[k] as number) * (values[at + (steps[k] as number)] as number);
  return sum;
}

const JOIN = FAR;

/** Neighbouring places, and what lies within a millimetre of them, as one box. */
function patches(places: readonly number[], { width, height }: Bilevel, dpi: number) {
  const open = new Set(places);
  const mm = 25.4 / dpi;
  const found: { places: readonly number[]; box: Omit<Difference, 'kind'> }[] = [];
  for (const first of open) {
    open.delete(first);
    const queue = [first];
    let [left, top, right, bottom] = [width, height, 0, 0];
    for (let n = 0; n < queue.length; n++) {
      const at = queue[n] as number;
      const x = at % width;
      const y = (at - x) / width;
      [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
      for (let dy = -JOIN; dy <= JOIN; dy++)
        for (let dx = -JOIN; dx <= JOIN; dx++) {
          const next = at + dy * width + dx;
          if (x + dx >= 0 && x + dx < width && open.delete(next)) queue.push(next);
        }
    }
    const box = { xMm: left * mm, yMm: top * mm, wMm: (right - left + 1) * mm, hMm: (bottom - top + 1) * mm };
    found.push({ places: queue, box });
  }
  return found;
}
