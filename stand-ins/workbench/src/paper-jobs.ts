/** Work on sheets that is done in a worker thread: what is asked of it, and what it answers. */
import type { PaperLevel } from '@machikado/simulators';
import type { Copying } from './printed-side.ts';

/** What lies on the desk: a sheet of the kiosk, or a copy of one, or a copy of that. */
export interface Paper {
  readonly id: string;
  readonly pdf: Uint8Array;
  readonly sides: number;
  readonly copies: readonly Copying[];
  /** The sheet that the last copier had on its glass. */
  readonly copyOf: string | null;
}

/** `side` 1 is the face. */
export interface Drawing {
  readonly side: number;
  readonly dpi: number;
}

export type Look = 'eye' | 'infrared';

export type PaperJob =
  | { readonly job: 'sides'; readonly pdf: Uint8Array }
  | { readonly job: 'draw'; readonly pdf: Uint8Array; readonly drawing: Drawing }
  | { readonly job: 'look'; readonly paper: Paper; readonly side: number; readonly look: Look }
  | { readonly job: 'shoot'; readonly paper: Paper; readonly level: PaperLevel; readonly seed: number };

/** Sides; a PNG; JPEGs, one a side. */
export type PaperAnswer =
  | { readonly sides: number }
  | { readonly pictures: readonly Uint8Array[] }
  | { readonly failed: true };
export type PaperMessage = PaperAnswer | { readonly done: number };
