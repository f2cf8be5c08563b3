/** What the parts of the treatment hand to each other. */
import type { CodedFront, PackedFront } from '../format/code-front.ts';
import type { SealedFront } from '../format/seal-front.ts';
import type { SheetFacts } from '../format/sheet-facts.ts';
import type { IntakeRefusalCode } from '../intake/intake-refusal.ts';
import type { TreatmentStyle } from '../paper/treatment-style.ts';
import type { Raster } from '../raster.ts';
import type { TreatmentRefusalCode } from './treatment-refusal.ts';

/** On the front, from its upper left corner. */
export interface MmBox {
  readonly xMm: number;
  readonly yMm: number;
  readonly wMm: number;
  readonly hMm: number;
}

export interface SealedSheet extends SealedFront {
  /** From the binding record: seals and codes, where けん制文字 must not come. */
  readonly freeBoxes: readonly MmBox[];
  readonly facts: SheetFacts;
}

export interface TreatmentJob {
  /** As `takeIn` gave it. */
  readonly clean: Uint8Array;
  /** One for each page, in their order. */
  readonly sheets: readonly SealedSheet[];
  readonly style: TreatmentStyle;
}

export type Work =
  | { readonly takeIn: Uint8Array }
  | { readonly codePacked: PackedFront }
  | { readonly codeShrunk: Raster }
  | { readonly compose: TreatmentJob };
export type WorkerAnswer =
  | { readonly pdf: Uint8Array }
  | { readonly coded: CodedFront | undefined }
  | { readonly refused: TreatmentRefusalCode }
  | { readonly notTakenIn: IntakeRefusalCode; readonly detail: string };
