/** What a receiver has in hand: what was opened from the back, and the front as a camera or scanner saw it. */
import type { Sealed } from '../../packages/antiforgery/src/comparison/lay-over.ts';
import type { Forged } from './forged.ts';

export type Specimen = { readonly what: string; readonly where?: Forged['where'] } & (
  | { readonly refused: string }
  | { readonly sealed: Sealed; readonly jpeg: Uint8Array }
);
