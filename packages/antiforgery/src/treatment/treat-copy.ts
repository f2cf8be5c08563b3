/** One copy of a certificate, from its clean document to what is printed. The keys stay on this side of the workers. */
import { saltBytes } from '../format/manifest.ts';
import { sealFront } from '../format/seal-front.ts';
import type { SheetFacts } from '../format/sheet-facts.ts';
import type { TreatmentKeys } from '../format/treatment-keys.ts';
import type { TreatmentStyle } from '../paper/treatment-style.ts';
import type { Raster } from '../raster.ts';
import type { Treatment } from './treatment.ts';
import type { MmBox } from './treatment-job.ts';

export interface UntreatedCopy {
  /** As `Treatment.takeIn` gave it. */
  readonly clean: Uint8Array;
  /** One for each page, in their order. */
  readonly sheets: readonly {
    /** The page at 200 dpi, before anything is laid over it. */
    readonly raster: Raster;
    readonly freeBoxes: readonly MmBox[];
    readonly facts: SheetFacts;
  }[];
  readonly style: TreatmentStyle;
  readonly keys: TreatmentKeys;
  readonly random: (bytes: number) => Uint8Array;
}

/** Rejects with TreatmentRefusal, or with the signal’s reason. */
export async function treatCopy(
  treatment: Treatment,
  { clean, sheets, style, keys, random }: UntreatedCopy,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const options = signal ? { signal } : {};
  const sealed = await Promise.all(
    sheets.map(async ({ raster, freeBoxes, facts }) => {
      const coded = await treatment.codeFront(raster, options);
      return { ...(await sealFront({ coded, facts, salt: random(saltBytes), keys })), freeBoxes, facts };
    }),
  );
  return treatment.compose({ clean, sheets: sealed, style }, options);
}
