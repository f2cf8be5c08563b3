/**
 * 照合: the picture that a back carries against a photo or scan of the front of the same sheet. The photo is laid over the picture, and every
 * place where one has ink and the other has none is named. "Same" is said only of a sheet that was compared nearly as a whole.
 */

import type { Bilevel, Raster } from '../raster.ts';
import { type Difference, findDifferences } from './find-differences.ts';
import { layOver, type Sealed } from './lay-over.ts';
import type { Plane } from './plane.ts';

export type Verdict = 'same' | 'differs' | 'cannot-tell';
/** Why nothing can be told. */
export type Doubt = 'NOT_ALIKE' | 'TOO_PALE' | 'PARTLY_UNREADABLE' | 'SLIGHT_DIFFERENCES';

export interface Comparison {
  readonly verdict: Verdict;
  readonly doubt?: Doubt;
  /** Share of the inked area that could be compared, 0 to 1. */
  readonly share: number;
  /** On the sealed picture, from its upper left corner. */
  readonly differences: readonly Difference[];
  /** The front as the sealed picture lies, for the eye. */
  readonly straightened?: Raster;
}

const CONTRAST_MIN = 0.15;
const SHARE_MIN = 0.97;
/** So much that is not where it belongs was not laid over well, or is another document. */
const SLIPPED = 0.95;
const PIECE = 40;
const PIECE_INK_MIN = 0.01;
const PIECE_LIKENESS_MIN = 0.25;

export function compareFronts({ sealed, front }: { readonly sealed: Sealed; readonly front: Raster }): Comparison {
  const laid = layOver(sealed, front);
  if (!laid) return { verdict: 'cannot-tell', doubt: 'NOT_ALIKE', share: 0, differences: [] };
  const straightened = greyOf(laid.tone);
  const share = shareCompared(sealed, laid.tone);
  if (laid.contrast < CONTRAST_MIN)
    return { verdict: 'cannot-tell', doubt: 'TOO_PALE', share: 0, differences: [], straightened };
  if (share < SLIPPED)
    return { verdict: 'cannot-tell', doubt: 'PARTLY_UNREADABLE', share, differences: [], straightened };
  const { certain, doubtful } = findDifferences(laid, sealed);
  if (certain.length > 0) return { verdict: 'differs', share, differences: certain, straightened };
  if (doubtful.length > 0)
    return { verdict: 'cannot-tell', doubt: 'SLIGHT_DIFFERENCES', share, differences: doubtful, straightened };
  if (share < SHARE_MIN)
    return { verdict: 'cannot-tell', doubt: 'PARTLY_UNREADABLE', share, differences: [], straightened };
  return { verdict: 'same', share, differences: [], straightened };
}

/** Of the pieces with ink, those in which the photo shows it where it belongs. */
function shareCompared(sealed: Bilevel, tone: Plane): number {
  let [inked, alike] = [0, 0];
  for (let top = 0; top + PIECE <= sealed.height; top += PIECE)
    for (let left = 0; left + PIECE <= sealed.width; left += PIECE) {
      const likeness = pieceLikeness(sealed, tone, left, top);
      if (likeness === undefined) continue;
      inked++;
      if (likeness >= PIECE_LIKENESS_MIN) alike++;
    }
  return inked === 0 ? 0 : alike / inked;
}

function pieceLikeness(sealed: Bilevel, tone: Plane, left: number, top: number): number | undefined {
  const n = PIECE ** 2;
  let [a, b, aa, bb, ab] = [0, 0, 0, 0, 0];
  for (let y = top; y < top + PIECE; y++)
    for (let x = left, at = y * sealed.width + left; x < left + PIECE; x++, at++) {
      const ink = sealed.bits[at] as number;
      const seen = tone.values[at] as number;
      a += ink;
      b += seen;
      aa += ink * ink;
      bb += seen * seen;
      ab += ink * seen;
    }
  if (a / n < PIECE_INK_MIN || a / n > 1 - PIECE_INK_MIN) return undefined;
  return (ab - (a * b) / n) / Math.sqrt(Math.max(1e-9, (aa - (a * a) / n) * (bb - (b * b) / n)));
}

function greyOf({ width, height, values }: Plane): Raster {
  const data = new Uint8Array(values.length);
  for (let at = 0; at < values.length; at++) {
    const tone = values[at] as number;
    data[at] = tone <= 0 ? 255 : tone >= 1 ? 0 : 255 * (1 - tone);
  }
  return { width, height, data };
}
