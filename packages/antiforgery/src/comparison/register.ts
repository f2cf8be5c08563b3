/** 位置合わせ: the photo is laid over the sealed picture, from afar to near. Each step knows the way a little better than the one before. */
import type { Point } from '../format/geometry.ts';
import { findPoses, fromOneSide, straight, type Tilt } from './find-pose.ts';
import { findShifts, type Shift, type ShiftSearch } from './find-shifts.ts';
import { fitBend } from './fit-bend.ts';
import { displaced, type SheetMesh } from './mesh.ts';
import { halved, type Plane } from './plane.ts';
import { median } from './quantile.ts';
import type { Sight } from './sight.ts';
import { straighten } from './straighten.ts';

const MESH_STEP = 48;
/** Fewer pieces than this tell nothing about the whole. */
const ENOUGH = 6;

interface Step extends ShiftSearch {
  readonly degree: number;
}

/** Enough to see which guess is right. */
const FIRST: Step = { perPixel: 8, side: 40, stride: 40, reach: 8, inkMin: 0.01, degree: 1 };
const THEN: readonly Step[] = [
  // A phone held askew moves one end of the sheet by a centimetre.
  { perPixel: 8, side: 40, stride: 20, reach: 14, inkMin: 0.01, degree: 1 },
  { perPixel: 8, side: 40, stride: 20, reach: 12, inkMin: 0.01, degree: 1 },
  { perPixel: 8, side: 40, stride: 20, reach: 10, inkMin: 0.01, degree: 2 },
  { perPixel: 8, side: 40, stride: 20, reach: 10, inkMin: 0.01, degree: 2 },
  { perPixel: 8, side: 32, stride: 16, reach: 4, inkMin: 0.01, degree: 3 },
  { perPixel: 4, side: 40, stride: 20, reach: 4, inkMin: 0.01, degree: 3 },
  { perPixel: 2, side: 40, stride: 40, reach: 4, inkMin: 0.01, degree: 4 },
];

export interface Registration {
  readonly mesh: SheetMesh;
  /** Median likeness of the pieces of the last step, up to 1. */
  readonly likeness: number;
  /** How much was found where it was looked for: more pieces, and more alike. */
  readonly found: number;
}

const LIKENESS_MIN = 0.4;

/**
 * Nothing when the two have nothing alike. Views from one side are tried only when the straight ones come to nothing, because they are eight times as
 * many: an all but empty sheet that was photographed so is not found otherwise.
 */
export function register(sealed: Plane, sight: Sight): Registration | undefined {
  return registerSeen(straight, sealed, sight) ?? registerSeen(fromOneSide, sealed, sight);
}

function registerSeen(tilts: readonly Tilt[], sealed: Plane, sight: Sight): Registration | undefined {
  const by2 = halved(sealed);
  const by4 = halved(by2);
  const by8 = halved(by4);
  const pictures = new Map([by2, by4, by8].map((picture, i) => [2 ** (i + 1), picture]));
  const take = (from: SheetMesh, step: Step): Registration | undefined => {
    const picture = pictures.get(step.perPixel) as Plane;
    const photo = straighten(sight, from, { ...picture, perPixel: step.perPixel });
    const shifts = findShifts(picture, photo, step);
    if (shifts.length < ENOUGH) return undefined;
    const bend = fitBend(shifts, sealed, step);
    return { mesh: displaced(from, bend), ...ratingOf(shifts) };
  };
  const guesses = findPoses({ plane: by8, perPixel: 8 }, sight, tilts, MESH_STEP).map(({ mesh }) => take(mesh, FIRST));
  const best = guesses.reduce((a, b) => ((b?.found ?? 0) > (a?.found ?? 0) ? b : a), undefined);
  const registered = THEN.reduce<Registration | undefined>((now, step) => now && take(now.mesh, step), best);
  if (!registered) return undefined;
  const settled = settleTwice(registered, sealed, by2, sight);
  return settled.likeness < LIKENESS_MIN ? undefined : settled;
}

/** What stands at p is known to be found at p + displacement(p), by something else than ink. */
export function registerAgain(
  { mesh, ...rating }: Registration,
  displacement: (x: number, y: number) => Point,
  sealed: Plane,
  sight: Sight,
): Registration {
  return settleTwice({ mesh: displaced(mesh, displacement), ...rating }, sealed, halved(sealed), sight);
}

function settleTwice(from: Registration, sealed: Plane, by2: Plane, sight: Sight): Registration {
  const near = settle(from, by2, sight, { perPixel: 2, side: 20, stride: 20, reach: 3, inkMin: 0.01 });
  return settle(near, sealed, sight, { perPixel: 1, side: 40, stride: 40, reach: 2, inkMin: 0.01 });
}

const ratingOf = (shifts: readonly Shift[]) => ({
  likeness: median(shifts.map(({ likeness }) => likeness)),
  found: shifts.reduce((sum, { likeness }) => sum + likeness ** 2, 0),
});

/** What is left is local: the paper’s waves, the scanner’s jitter. Each node follows the pieces around it, as far as they agree. */
function settle(from: Registration, picture: Plane, sight: Sight, search: ShiftSearch): Registration {
  const photo = straighten(sight, from.mesh, { ...picture, perPixel: search.perPixel });
  const shifts = findShifts(picture, photo, search);
  const sure = shifts.filter(({ likeness }) => likeness > SURE);
  if (sure.length < ENOUGH) return from;
  const said = saidBy(sure);
  const mesh = displaced(from.mesh, (x, y) => around(said, x, y));
  return { mesh, ...ratingOf(shifts) };
}

const SURE = 0.5;
/** Sealed pixels: how far away a piece has a say. */
const NEAR = 90;
/** Sealed pixels from what the others say, beyond which a piece has none, or three times the usual. */
const ASIDE = 1.5;
const ROUNDS = 3;
/** Against what the pieces say stands that nothing moves. */
const HELD = 0.02;

/** What each piece says, way by way; in the order of the pieces, from top to bottom. */
interface Said {
  readonly count: number;
  readonly places: Float64Array;
  readonly ways: Float64Array;
  readonly by: Float64Array;
  readonly trust: Float64Array;
}

function saidBy(shifts: readonly Shift[]): Said {
  const all = shifts.flatMap(({ x, y, likeness, ways }) =>
    ways.map((way) => ({ place: [x, y], way: [way.x, way.y], by: way.by, trust: likeness ** 2 * way.steep })),
  );
  return {
    count: all.length,
    places: Float64Array.from(all.flatMap(({ place }) => place)),
    ways: Float64Array.from(all.flatMap(({ way }) => way)),
    by: Float64Array.from(all, ({ by }) => by),
    trust: Float64Array.from(all, ({ trust }) => trust),
  };
}

/** What best agrees with the pieces around, each the ways it knows. */
function around({ count, places, ways, by, trust }: Said, x: number, y: number): Point {
  const near: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i < count; i++) {
    const [u, v] = [(places[2 * i] as number) - x, (places[2 * i + 1] as number) - y];
    const far = (u * u + v * v) / NEAR ** 2;
    if (far >= 2.5 ** 2) continue;
    near.push(i);
    weights.push((trust[i] as number) * Math.exp(-far));
  }
  let agreed = { x: 0, y: 0 };
  const asides = new Float64Array(near.length);
  for (let round = 0; round < ROUNDS; round++) {
    near.forEach((i, k) => {
      const expected = (ways[2 * i] as number) * agreed.x + (ways[2 * i + 1] as number) * agreed.y;
      asides[k] = Math.abs((by[i] as number) - expected);
    });
    const cut = Math.max(ASIDE, 3 * median(asides));
    let [xx, xy, yy, u, v] = [HELD, 0, HELD, 0, 0];
    for (let k = 0; k < near.length; k++) {
      const aside = (asides[k] as number) / cut;
      if (aside >= 1) continue;
      const i = near[k] as number;
      const [a, b] = [ways[2 * i] as number, ways[2 * i + 1] as number];
      const weight = (weights[k] as number) * (1 - aside * aside) ** 2;
      xx += weight * a * a;
      xy += weight * a * b;
      yy += weight * b * b;
      u += weight * a * (by[i] as number);
      v += weight * b * (by[i] as number);
    }
    const area = xx * yy - xy * xy;
    agreed = { x: (u * yy - v * xy) / area, y: (v * xx - u * xy) / area };
  }
  return agreed;
}
