/** 重ね合わせ: the photo of a front as the sealed picture lies, on one scale of darkness. */
import { halve } from '../decoding/shrink.ts';
import type { Point } from '../format/geometry.ts';
import type { Bilevel, Raster } from '../raster.ts';
import { distanceFromInk } from './distance-from-ink.ts';
import { evenTone } from './even-tone.ts';
import { type Dots, findDots, withoutDots } from './find-dots.ts';
import { driftAt } from './find-drift.ts';
import { photoSideMax } from './pixel-loops.ts';
import type { Plane } from './plane.ts';
import { meanOf, quartersOf } from './quarters.ts';
import { type Registration, register, registerAgain } from './register.ts';
import { type Sight, sightOf } from './sight.ts';

export type Sealed = Bilevel & { readonly dpi: number };

export interface LaidOver {
  readonly tone: Plane;
  /** Less what the dots of けん制文字 darken. */
  readonly cleaned: Plane;
  /** Darkness twice as finely; less that of the paper, over the contrast, it is the tone. */
  readonly quarters: readonly Plane[];
  readonly paper: Float32Array;
  /** Darkness of solid ink over its paper. */
  readonly contrast: number;
}

/**
 * Where nothing is printed for half a page, its end was seen two millimetres away from where the ink puts it. By the dots the sheet is laid anew when
 * they lie so many pixels astray, at most so many times.
 */
const ASTRAY = 1.5;
const TIMES = 3;
/** Dots that lie less astray than this do so by chance, and move nothing; of what lies just beyond a part is taken. Pixels. */
const CHANCE = 0.7;

/** Nothing when the two have nothing alike. */
export function layOver(sealed: Sealed, front: Raster): LaidOver | undefined {
  const picture: Plane = { width: sealed.width, height: sealed.height, values: new Float32Array(sealed.bits) };
  const sight = sightOf(reduced(front));
  const registration = register(picture, sight);
  if (!registration) return undefined;
  const distance = distanceFromInk(sealed);
  let laid = seenBy(registration, sealed, sight, distance);
  for (let time = 0; time < TIMES && laid.dots && Math.max(...astray(laid.dots)) > ASTRAY; time++) {
    const moved = registerAgain(laid.registration, backFrom(laid.dots), picture, sight);
    const again = seenBy(moved, sealed, sight, distance);
    if (!again.dots || sumOf(astray(again.dots)) >= sumOf(astray(laid.dots))) break;
    laid = again;
  }
  const { tone, paper, contrast, quarters, dots } = laid;
  return { tone, cleaned: dots ? withoutDots(tone, dots) : tone, quarters, paper, contrast };
}

function seenBy(registration: Registration, sealed: Sealed, sight: Sight, distance: Uint8Array) {
  const quarters = quartersOf(sight, registration.mesh, sealed);
  const even = evenTone(meanOf(quarters), sealed, distance);
  return { registration, quarters, ...even, dots: findDots(even.tone, distance, sealed.dpi) };
}

/** Pixels, block by block. */
function astray({ drift: { dx, dy }, scale }: Dots): number[] {
  return Array.from(dx.values, (x, block) => Math.hypot(x, dy.values[block] as number) / scale);
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

/** What is found farther along the tile than it should be lies that much before its place. */
function backFrom({ drift, scale }: Dots): (x: number, y: number) => Point {
  return (x, y) => {
    const { dx, dy } = driftAt(drift, x, y);
    const share = -Math.max(0, 1 - (CHANCE * scale) ** 2 / (dx * dx + dy * dy)) / scale;
    return { x: dx * share, y: dy * share };
  };
}

function reduced(front: Raster): Raster {
  let picture = front;
  while (Math.max(picture.width, picture.height) > photoSideMax) picture = halve(picture);
  return picture;
}
