/** A forgery as it lies before the receiver: two sides of a sheet, of which one or both are not what they say. */
import type { CopyWarningPreset, MmBox, Raster, SealedFront } from '@machikado/antiforgery';
import type { ColourPlanes } from '@machikado/simulators';
import type { Chance } from './chance.ts';
import type { Certificate, Workshop } from './workshop.ts';

export type Page = Raster | ColourPlanes;
/** Drawn at 600 dpi when somebody looks at it. */
export type Side = (inColour: boolean) => Promise<Page>;

export interface Forged {
  /** What was done, in a few words. */
  readonly what: string;
  readonly front: Side;
  /** Ends the trial when it is refused, as it does at the site. */
  readonly back: Side;
  /** What was printed on a back that nobody touched: it is read to the bit, so most trials may leave out its way over paper. */
  readonly genuineBack?: SealedFront;
  /** Where the front is not what was sealed. */
  readonly where?: MmBox;
}

export interface Scene {
  readonly certificate: Certificate;
  /** Of the same kind. */
  readonly other: () => Promise<Certificate>;
  readonly copyWarning: CopyWarningPreset;
  readonly workshop: Workshop;
  readonly chance: Chance;
}

/** Nothing when this certificate has nothing of the sort to forge. */
export type Forge = (scene: Scene) => Promise<Forged | undefined>;
