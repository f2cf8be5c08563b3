/** What reads a back: photo → cells → bytes → signed picture, and the comparison with a front. One real one; tests of the site bring their own. */
import type { Bilevel, Raster } from '@machikado/antiforgery';
import type { CompareDoubt, ComparisonVerdict, Difference, SealedFacts, SiteErrorCode } from '@machikado/protocol';
import type { Corners } from '../ports.ts';

export interface ReadingRefused {
  readonly refused: SiteErrorCode;
  readonly cornersFound?: number;
}

/** What was seen of the pattern of one back in one photo; only the engine knows what is in it. */
export interface SeenBack {
  readonly seen: unknown;
}

export interface OpenedBack {
  readonly facts: SealedFacts;
  readonly keys: { readonly encryption: number; readonly signing: number };
  readonly picture: Bilevel & { readonly dpi: number };
}

export interface ComparedFront {
  readonly verdict: ComparisonVerdict;
  readonly comparedPercent: number;
  readonly differences: readonly Difference[];
  readonly doubt?: CompareDoubt;
  /** The front laid over the sealed picture. */
  readonly front?: Raster;
}

export interface Engine {
  seeBack(photo: Raster, corners?: Corners): SeenBack | ReadingRefused;
  /** Several photos of one back are read together. */
  openBack(photos: readonly SeenBack[]): OpenedBack | ReadingRefused;
  compare(sealed: OpenedBack['picture'], front: Raster): ComparedFront;
}
