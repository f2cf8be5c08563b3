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

/** The first shows what is needed in most photos; the others are for pale, blurred, small and very slanted ones. */
export const looks: readonly Look[] = [
  { longSide: 1200, blur: [1, 2], windows: 36, share: 0.74 },
  { longSide: 1200, blur: [1, 2], windows: 70, share: 0.86 },
  { longSide: 1600, blur: [2, 2], windows: 36, share: 0.74 },
  { longSide: 900, blur: [1, 1], windows: 50, share: 0.82 },
  { longSide: 2000, blur: [1, 2], windows: 36, share: 0.8 },
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
    .map(({ x, y, unitX, unitY }) => ({
      ...climbToBullseye(picture, bullseyeTemplate(unitX, unitY), { x, y }),
      unit: (unitX + unitY) / 2,
    }))
    .filter(({ likeness }) => likeness > LIKENESS_MIN)
    .map(({ x, y, unit, likeness }) => ({ x: x * scaleX, y: y * scaleY, unit: unit * scaleX, likeness }))
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, MOST);
}

/** Several lines meet the same bullseye; their mean lies near its middle. */
function gather(signs: readonly BullseyeSign[]): BullseyeSign[] {
  const groups: BullseyeSign[][] = [];
  for (const sign of signs) {
    const group = groups.find(([first]) => first && Math.hypot(first.x - sign.x, first.y - sign.y) < 2.2 * sign.unitX);
    if (group) group.push(sign);
    else groups.push([sign]);
  }
  return groups.map((group) => {
    const mean = (of: (sign: BullseyeSign) => number) => group.reduce((sum, sign) => sum + of(sign), 0) / group.length;
    return {
      x: mean(({ x }) => x) + 0.5,
      y: mean(({ y }) => y) + 0.5,
      unitX: mean(({ unitX }) => unitX),
      unitY: mean(({ unitY }) => unitY),
    };
  });
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
