/** 重ね合わせ: the photo of a front as the sealed picture lies, on one scale of darkness. */
import { halve } from '../decoding/shrink.ts';
import type { Bilevel, Raster } from '../raster.ts';
import { distanceFromInk } from './distance-from-ink.ts';
import { evenTone } from './even-tone.ts';
import { photoSideMax } from './pixel-loops.ts';
import type { Plane } from './plane.ts';
import { meanOf, quartersOf } from './quarters.ts';
import { register } from './register.ts';
import { sightOf } from './sight.ts';
import { withoutDots } from './without-dots.ts';

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

/** Nothing when the two have nothing alike. */
export function layOver(sealed: Sealed, front: Raster): LaidOver | undefined {
  const picture: Plane = { width: sealed.width, height: sealed.height, values: new Float32Array(sealed.bits) };
  const sight = sightOf(reduced(front));
  const registration = register(picture, sight);
  if (!registration) return undefined;
  const quarters = quartersOf(sight, registration.mesh, sealed);
  const distance = distanceFromInk(sealed);
  const { tone, paper, contrast } = evenTone(meanOf(quarters), sealed, distance);
  const cleaned = withoutDots(tone, distance, sealed.dpi);
  return { tone, cleaned, quarters, paper, contrast };
}

function reduced(front: Raster): Raster {
  let picture = front;
  while (Math.max(picture.width, picture.height) > photoSideMax) picture = halve(picture);
  return picture;
}
