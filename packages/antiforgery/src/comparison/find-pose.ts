/**
 * The first guess how the sheet lies in the photo: turned by a quarter or not, a little askew, filling most of the picture, and if need be seen from
 * one side. Both are looked at from afar, where a page of text is a few grey patches, and every pose of a coarse grid is tried.
 */
import { meshFrom, type SheetMesh } from './mesh.ts';
import { type Pattern, patternOf, searchIn, smooth } from './pixel-loops.ts';
import { emptyPlane, type Plane, shrunk } from './plane.ts';
import { darknessOf, type Sight } from './sight.ts';

/** Of the sealed picture’s long side, from afar. */
const FAR_PIXELS = 72;
const QUARTERS = [0, 1, 2, 3];
const ANGLES_DEGREES = [-6, -4.5, -3, -1.5, 0, 1.5, 3, 4.5, 6];
/** Share of the picture’s size that the sheet fills. */
const FILLS = [0.7, 0.74, 0.78, 0.82, 0.86, 0.9, 0.94, 0.98, 1.02, 1.06];
/** How much larger the end of the long side is than the middle of the sheet when a phone is held askew. */
const TILT = 0.05;
/** Of the sheet’s size that its middle may be away from that of the picture. */
const OFF_CENTER = 0.1;
const CANDIDATES = 10;
/** Spread of what is compared from afar, in its pixels: a tilt moves things by as much. */
const BLUR = 1;

export interface Pose {
  readonly likeness: number;
  readonly mesh: SheetMesh;
}

/** Which end of the sheet is nearer to the camera: the right one, the lower one; −1 to 1. */
export interface Tilt {
  readonly x: number;
  readonly y: number;
}

export const straight: readonly Tilt[] = [{ x: 0, y: 0 }];
export const fromOneSide: readonly Tilt[] = [0, 1, 2, 3, 4, 5, 6, 7].map((eighth) => ({
  x: Math.cos((eighth * Math.PI) / 4),
  y: Math.sin((eighth * Math.PI) / 4),
}));

/** The sealed picture made smaller. */
export interface Small {
  readonly plane: Plane;
  /** Sealed pixels along one of its pixels. */
  readonly perPixel: number;
}

/** The best guesses, best first. */
export function findPoses(sealed: Small, sight: Sight, tilts: readonly Tilt[], meshStep: number): Pose[] {
  const { plane, perPixel } = sealed;
  const far = FAR_PIXELS / Math.max(plane.width, plane.height);
  const small = smooth(shrunk(plane, 1 / far), BLUR);
  const pattern = patternOf(small, 0, 0, small.width, small.height);
  if (!pattern) return [];
  const { smallPhoto, photoFar } = fromAfar(sight);
  const reach = Math.ceil(FAR_PIXELS * OFF_CENTER);
  const found: Guess[] = [];
  for (const quarter of QUARTERS) {
    const upright = quarter % 2 === 0;
    const fits = Math.min(
      smallPhoto.width / (upright ? small.width : small.height),
      smallPhoto.height / (upright ? small.height : small.width),
    );
    for (const tilt of tilts)
      for (const angle of ANGLES_DEGREES)
        for (const fill of FILLS) {
          const pose = { tilt, degrees: quarter * 90 + angle, scale: fits * fill };
          const { likeness, dx, dy } = bestPlace(pattern, turnedBack(smallPhoto, small, reach, pose), reach);
          found.push({ likeness, quarter, angle, fill: fits * fill, tilt, dx, dy });
        }
  }
  return distinct(found).map(({ likeness, quarter, angle, fill, tilt, dx, dy }) => {
    const place = placeIn(smallPhoto, small, { tilt, degrees: quarter * 90 + angle, scale: fill });
    return {
      likeness,
      mesh: meshFrom(plane.width * perPixel, plane.height * perPixel, meshStep, (x, y) => {
        const { x: u, y: v } = place((x * far) / perPixel + dx, (y * far) / perPixel + dy);
        return { x: u / photoFar, y: v / photoFar };
      }),
    };
  });
}

interface Guess {
  readonly likeness: number;
  readonly quarter: number;
  readonly angle: number;
  readonly fill: number;
  readonly tilt: Tilt;
  readonly dx: number;
  readonly dy: number;
}

interface Lying {
  readonly degrees: number;
  readonly scale: number;
  readonly tilt: Tilt;
}

/** The best, without the neighbours of better ones. */
function distinct(found: readonly Guess[]): Guess[] {
  const kept: Guess[] = [];
  for (const guess of [...found].sort((a, b) => b.likeness - a.likeness)) {
    const near = kept.some(
      ({ quarter, angle, fill, tilt }) =>
        quarter === guess.quarter &&
        tilt === guess.tilt &&
        Math.abs(angle - guess.angle) < 2 &&
        Math.abs(fill / guess.fill - 1) < 0.06,
    );
    if (!near) kept.push(guess);
    if (kept.length === CANDIDATES) break;
  }
  return kept;
}

/** From the smallest level that is still larger: each step to it was a mean. */
function fromAfar(sight: Sight) {
  const sides = sight.levels.map(({ width, height }) => Math.max(width, height));
  const level = Math.max(0, sides.filter((side) => side >= 2 * FAR_PIXELS).length - 1);
  const photoFar = FAR_PIXELS / (sides[level] as number);
  return { smallPhoto: smooth(shrunk(darknessOf(sight, level), 1 / photoFar), BLUR), photoFar: photoFar / 2 ** level };
}

/** Pixels of the small sealed picture → pixels of the small photo. */
function placeIn(photo: Plane, sealed: Plane, { degrees, scale, tilt }: Lying) {
  const half = Math.max(sealed.width, sealed.height) / 2;
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180) * scale, Math.sin((degrees * Math.PI) / 180) * scale];
  return (x: number, y: number) => {
    const [u, v] = [x - sealed.width / 2, y - sealed.height / 2];
    const nearer = 1 + (TILT * (tilt.x * u + tilt.y * v)) / half;
    return {
      x: photo.width / 2 + (u * cos - v * sin) * nearer,
      y: photo.height / 2 + (u * sin + v * cos) * nearer,
    };
  };
}

/** The photo as it looks in this pose, with a border of `reach`. */
function turnedBack(photo: Plane, sealed: Plane, reach: number, pose: Lying): Plane {
  const place = placeIn(photo, sealed, pose);
  const out = emptyPlane(sealed.width + 2 * reach, sealed.height + 2 * reach);
  for (let y = 0; y < out.height; y++)
    for (let x = 0; x < out.width; x++) {
      const { x: u, y: v } = place(x + 0.5 - reach, y + 0.5 - reach);
      const [i, j] = [Math.floor(u), Math.floor(v)];
      if (i >= 0 && j >= 0 && i < photo.width && j < photo.height)
        out.values[y * out.width + x] = photo.values[j * photo.width + i] as number;
    }
  return out;
}

function bestPlace(pattern: Pattern, turned: Plane, reach: number) {
  const across = reach + 1;
  const scores = searchIn(turned)(pattern, { left: 0, top: 0, stride: 2, across, down: across });
  let best = 0;
  for (let s = 1; s < scores.length; s++) if ((scores[s] as number) > (scores[best] as number)) best = s;
  const [dx, dy] = [(best % across) * 2 - reach, Math.floor(best / across) * 2 - reach];
  return { likeness: scores[best] as number, dx, dy };
}
