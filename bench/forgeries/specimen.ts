/** What a receiver has in hand: what was opened from the back, and the front as a camera or scanner saw it. */
import type { Bilevel } from '@machikado/antiforgery';
import type { Forged } from './forged.ts';

export type Sealed = Bilevel & { readonly dpi: number };

export type Specimen = { readonly what: string; readonly where?: Forged['where'] } & (
  | { readonly refused: string }
  | { readonly sealed: Sealed; readonly jpeg: Uint8Array }
);
