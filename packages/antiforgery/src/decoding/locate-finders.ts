/**
 * Finds the bullseyes in the corners of the scrambled image. What stands here runs in the page of the live camera guide as well: no module
 * of Node.
 */
import type { Point } from '../format/geometry.ts';
import type { Raster } from '../raster.ts';
import { blur } from './blur.ts';
import { bullseyeTemplate, climbToBullseye } from './bullseye-likeness.ts';
import { type BullseyeSign, findBullseyeSigns } from './bullseye-runs.ts';
import { darkerThanAround } from './darker-than-around.ts';
import { type Pyramid, pyramidOf } from './shrink.ts';

export interface Finder extends Point {
  /** A seventh of its width: five cells, in pixels. */
  readonly unit: number;
  /** 1 = exactly a bullseye. */
  readonly likeness: number;
}

/** One way to look: at which size, blurred how much, compared with how wide surroundings, and how much darker than these is dark. */
export interface Look {
  readonly longSide: number;
  readonly blur: readonly number[];
  readonly windows: number;
  readonly share: number;
}

/** The first shows what is needed in most photos; the others are for pale, blurred and small ones. */
export const looks: readonly Look[] = [
  { longSide: 1200, blur: [1, 2], windows: 36, share: 0.74 },
  { longSide: 1200, blur: [1, 2], windows: 70, share: 0.86 },
  { longSide: 1600, blur: [2, 2], windows: 36, share: 0.74 },
  { longSide: 900, blur: [1, 1], windows: 50, share: 0.82 },
  { longSide: 1600, blur: [1, 2, 2], windows: 80, share: 0.9 },
  { longSide: 1200, blur: [1, 2, 2], windows: 36, share: 0.8 },
];

/** Narrower than this, not even half a pixel falls on a cell. */
export const SIDE_MIN = 400;
const LIKENESS_MIN = 0.4;
const MOST = 14;

/** One look, for the live guide. Best first; often more than four, since much in the world is round. */
export function locateFinders(photo: Raster): Finder[] {
  if (Math.min(photo.width, photo.height) < SIDE_MIN) return [];
  return lookForFinders(pyramidOf(photo), looks[0] as Look);
}

export function lookForFinders(pyramid: Pyramid, look: Look): Finder[] {
  const { width: photoWidth, height: photoHeight } = pyramid.level(0);
  const picture = blur(pyramid.withLongSide(look.longSide), look.blur);
  const { width, height } = picture;
  const reach = Math.round(Math.max(width, height) / look.windows);
  const dark = darkerThanAround(picture, reach, look.share);
  const [scaleX, scaleY] = [photoWidth / width, photoHeight / height];
  return gather(findBullseyeSigns({ width, height, dark }))
    .map((sign) => ({ ...climbToBullseye(picture, bullseyeTemplate(sign.unit), sign), unit: sign.unit }))
    .filter(({ likeness }) => likeness > LIKENESS_MIN)
    .map(({ x, y, unit, likeness }) => ({ x: x * scaleX, y: y * scaleY, unit: unit * scaleX, likeness }))
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, MOST);
}

/** Several lines meet the same bullseye; their mean lies near its middle. */
function gather(signs: readonly BullseyeSign[]): BullseyeSign[] {
  const groups: { x: number; y: number; unit: number; count: number }[] = [];
  for (const { x, y, unit } of signs) {
    const group = groups.find((each) => Math.hypot(each.x / each.count - x, each.y / each.count - y) < 2.2 * unit);
    if (group)
      Object.assign(group, { x: group.x + x, y: group.y + y, unit: group.unit + unit, count: group.count + 1 });
    else groups.push({ x, y, unit, count: 1 });
  }
  return groups.map(({ x, y, unit, count }) => ({ x: x / count + 0.5, y: y / count + 0.5, unit: unit / count }));
}

/** The same bullseye seen twice is one; the better sight stays. */
export function mergeFinders(known: readonly Finder[], more: readonly Finder[]): Finder[] {
  const merged = [...known];
  for (const finder of more) {
    const at = merged.findIndex(({ x, y }) => Math.hypot(x - finder.x, y - finder.y) < 2 * finder.unit);
    if (at < 0) merged.push(finder);
    else if (finder.likeness > (merged[at] as Finder).likeness) merged[at] = finder;
  }
  return merged.sort((a, b) => b.likeness - a.likeness).slice(0, MOST + 2);
}
