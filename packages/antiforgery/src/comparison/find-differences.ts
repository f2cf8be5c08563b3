/**
 * 相違点: ink that the sealed picture has and the paper has not, and the other way round. Missing ink is looked for along the strokes, added ink where the
 * sealed picture is white, as a blot and as a line in eight directions. What is clearly different is told apart from what only may be.
 */
import type { Bilevel } from '../raster.ts';
import { FAR } from './distance-from-ink.ts';
import { emptyPlane, type Plane } from './plane.ts';
import { smooth } from './smooth.ts';

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
/** Spread of a spot, pixels. */
const SPOT = 1.2;
/** Ink in a spot of some 0.6 mm, in pixels of solid ink. */
const BLOT: Levels = { certain: 3.9, doubtful: 3.1 };
/** Mean tone along a line of some 1 mm. A hairline that fell just under the threshold of the sealed picture comes near 0.35. */
const LINE: Levels = { certain: 0.4, doubtful: 0.33 };
/** Nearer to ink than this, added ink cannot be told from a fat stroke. */
const CLEAR_OF_INK = 2;

/** So near to the edge of the sheet what lies beside it shades the paper. */
const EDGE_MM = { side: 9, end: 7 };

export function findDifferences(
  tone: Plane,
  cleaned: Plane,
  sealed: Bilevel,
  distance: Uint8Array,
  dpi: number,
): Findings {
  const [sidePx, endPx] = [EDGE_MM.side, EDGE_MM.end].map((mm) => Math.round((mm / 25.4) * dpi)) as [number, number];
  const inside = (at: number) => {
    const x = at % sealed.width;
    const y = (at - x) / sealed.width;
    return x >= sidePx && y >= endPx && x < sealed.width - sidePx && y < sealed.height - endPx;
  };
  const strokes = strokeTones(tone, sealed);
  const added = addedInk(cleaned, sealed, distance);
  const blurred = smooth(added, SPOT).values;
  const blots = blurred.map((value) => value * 2 * Math.PI * SPOT ** 2);
  const lines = strongestLine(added, blurred).values;
  const at = (level: keyof Levels): Difference[] => [
    ...patches((i) => sealed.bits[i] === 1 && inside(i) && (strokes[i] as number) < STROKE[level], sealed, dpi)
      .filter(({ pixels }) => pixels >= STROKE_PIXELS[level])
      .map(({ box }) => ({ kind: 'missing' as const, ...box })),
    ...patches(
      (i) => inside(i) && ((blots[i] as number) > BLOT[level] || (lines[i] as number) > LINE[level]),
      sealed,
      dpi,
    ).map(({ box }) => ({ kind: 'added' as const, ...box })),
  ];
  const certain = at('certain');
  // Slight ones no longer matter then.
  return { certain, doubtful: certain.length > 0 ? [] : at('doubtful') };
}

/** For each pixel of ink the mean tone of the ink around it. */
function strokeTones(tone: Plane, { bits, width, height }: Bilevel): Float32Array {
  const soft = smooth(tone, 0.6);
  const onInk = emptyPlane(width, height);
  const ink = emptyPlane(width, height);
  for (let at = 0; at < bits.length; at++) {
    if (!bits[at]) continue;
    onInk.values[at] = soft.values[at] as number;
    ink.values[at] = 1;
  }
  const [sums, weights] = [smooth(onInk, 1.5).values, smooth(ink, 1.5).values];
  return sums.map((sum, at) => sum / Math.max(1e-6, weights[at] as number));
}

/** What stands on white, over what usually stands that near to that much ink: strokes shine a little beyond their edges. */
function addedInk(cleaned: Plane, sealed: Bilevel, distance: Uint8Array): Plane {
  const { width, height, bits } = sealed;
  const around = boxSums(bits, width, height, 3);
  const kindOf = (at: number) =>
    Math.min(5, distance[at] as number) * 8 + Math.min(7, Math.floor(((around[at] as number) * 14) / 49));
  const counts = new Map<number, number>();
  const histograms = new Map<number, Uint32Array>();
  for (let at = 0; at < bits.length; at++) {
    if ((distance[at] as number) < CLEAR_OF_INK) continue;
    const kind = kindOf(at);
    const histogram = histograms.get(kind) ?? new Uint32Array(400);
    histograms.set(kind, histogram);
    const bin = Math.max(0, Math.min(399, Math.round((cleaned.values[at] as number) * 100 + 150)));
    histogram[bin] = (histogram[bin] as number) + 1;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const usual = new Map(
    [...histograms].map(([kind, histogram]) => [kind, middleOf(histogram, counts.get(kind) as number)]),
  );
  const out = emptyPlane(width, height);
  for (let at = 0; at < bits.length; at++)
    if ((distance[at] as number) >= CLEAR_OF_INK)
      out.values[at] = (cleaned.values[at] as number) - (usual.get(kindOf(at)) ?? 0);
  return out;
}

function middleOf(histogram: Uint32Array, count: number): number {
  if (count < 50) return 0;
  let below = 0;
  for (let bin = 0; bin < histogram.length; bin++) {
    below += histogram[bin] as number;
    if (below * 2 >= count) return (bin - 150) / 100;
  }
  return 0;
}

function boxSums(bits: Uint8Array, width: number, height: number, reach: number): Uint8Array {
  const rows = new Uint8Array(bits.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let k = Math.max(0, x - reach); k <= Math.min(width - 1, x + reach); k++)
        sum += bits[y * width + k] as number;
      rows[y * width + x] = sum;
    }
  const out = new Uint8Array(bits.length);
  for (let y = 0; y < height; y++)
    for (let k = Math.max(0, y - reach); k <= Math.min(height - 1, y + reach); k++)
      for (let x = 0; x < width; x++)
        out[y * width + x] = (out[y * width + x] as number) + (rows[k * width + x] as number);
  return out;
}

const LINE_REACH = 6;
const LINE_LENGTH = 2.6;
const LINE_BREADTH = 0.8;
/** Only there is it worth to look in all directions. */
const WORTH = 0.12;

const lineFilters = Array.from({ length: 8 }, (_, i) => {
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
  return taps.map((tap) => ({ ...tap, weight: tap.weight / sum }));
});

function strongestLine(added: Plane, blurred: Float32Array): Plane {
  const { width, height, values } = added;
  const out = emptyPlane(width, height);
  for (let y = LINE_REACH; y < height - LINE_REACH; y++)
    for (let x = LINE_REACH; x < width - LINE_REACH; x++) {
      const at = y * width + x;
      if ((blurred[at] as number) < WORTH) continue;
      let best = 0;
      for (const taps of lineFilters) {
        let sum = 0;
        for (const { dx, dy, weight } of taps) sum += weight * (values[at + dy * width + dx] as number);
        if (sum > best) best = sum;
      }
      out.values[at] = best;
    }
  return out;
}

const JOIN = FAR;

/** Neighbouring pixels, and what lies within a millimetre of them, as one box. */
function patches(chosen: (at: number) => boolean, { width, height }: Bilevel, dpi: number) {
  const open = new Set<number>();
  for (let at = 0; at < width * height; at++) if (chosen(at)) open.add(at);
  const mm = 25.4 / dpi;
  const found: { pixels: number; box: Omit<Difference, 'kind'> }[] = [];
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
    found.push({ pixels: queue.length, box });
  }
  return found;
}
