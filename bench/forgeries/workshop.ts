/** What issuer and center have, and so has every forger who took the trouble: forms, fonts, けん制文字, the layout of a back. Only the keys are missing. */
import { strict as assert } from 'node:assert';
import {
  type CopyWarningPreset,
  codeFront,
  createTreatment,
  type MmBox,
  type Raster,
  type SealedFront,
  type SealedSheet,
  type SheetFacts,
  sealFront,
  type TreatmentKeys,
} from '@machikado/antiforgery';
import { createPdfReader } from '@machikado/inspection';
import { createTypesetter, DoesNotFit, typesetCertificate } from '../../apps/issuer/src/forms/index.ts';
import type { GalleryCase } from '../../apps/issuer/src/forms/testing/gallery/index.ts';
import type { TypesetJob } from '../../apps/issuer/src/forms/typesetter.ts';
import { centerKeys, digestOf } from '../keys.ts';

export interface Typeset {
  /** As the treatment takes it in. */
  readonly clean: Uint8Array;
  /** Page by page at 200 dpi. */
  readonly fronts: readonly Raster[];
}

export interface Certificate extends Typeset {
  readonly document: GalleryCase;
  /** What its form was filled with. */
  readonly job: TypesetJob;
  readonly names: readonly string[];
  readonly sheets: readonly SealedSheet[];
}

export interface Workshop {
  issue(document: GalleryCase): Promise<Certificate>;
  /** Nothing when a text does not fit its cell. */
  typeset(job: TypesetJob): Promise<Typeset | undefined>;
  /** Page 2n − 1 is the front of sheet n, page 2n its back. */
  print(clean: Uint8Array, sheets: readonly SealedSheet[], copyWarning: CopyWarningPreset): Promise<Uint8Array>;
  close(): Promise<void>;
}

const inquiryUrl = 'https://verify.machikado.example/';

export function openWorkshop(): Workshop {
  const typesetter = createTypesetter({ workers: 1 });
  const reader = createPdfReader({ workers: 1 });
  const treatment = createTreatment({ workers: 1, timeoutMs: 120_000 });
  const takeIn = async (pdf: Uint8Array): Promise<Typeset> => {
    const clean = await treatment.takeIn(pdf);
    const { pages } = await reader.read(clean);
    return { clean, fronts: pages.map(({ raster }) => raster) };
  };
  return {
    async issue(document) {
      let job: TypesetJob | undefined;
      const { pdf, nameBoxes, freeBoxes } = await typesetCertificate(document.content, {
        typeset: (asked) => {
          job = asked;
          return typesetter.typeset(asked);
        },
      });
      assert(job);
      const typeset = await takeIn(pdf);
      const sheets = await sealAll(document, typeset.fronts, freeBoxes);
      return { ...typeset, document, job, names: nameBoxes.map(({ name }) => name), sheets };
    },
    async typeset(job) {
      try {
        return await takeIn((await typesetter.typeset(job)).pdf);
      } catch (error) {
        if (error instanceof DoesNotFit) return undefined;
        throw error;
      }
    },
    print: (clean, sheets, copyWarning) => treatment.compose({ clean, sheets, style: { copyWarning, inquiryUrl } }),
    close: async () => {
      await Promise.all([typesetter.close(), reader.close(), treatment.close()]);
    },
  };
}

function sealAll(
  { name, content }: GalleryCase,
  fronts: readonly Raster[],
  freeBoxes: readonly (MmBox & { readonly page: number })[],
): Promise<SealedSheet[]> {
  const { issueNumber, orderReference } = content;
  const common = { lgCode: '990019', issueNumber, orderReference, issuedAt: new Date('2026-11-22T03:00:00Z') };
  return Promise.all(
    fronts.map(async (front, i) => {
      const facts = { ...common, sheet: i + 1, of: fronts.length };
      const sealed = await seal(front, facts, `${name} ${issueNumber}`, centerKeys);
      return { ...sealed, facts, freeBoxes: freeBoxes.filter(({ page }) => page === i + 1) };
    }),
  );
}

export function seal(front: Raster, facts: SheetFacts, salt: string, keys: TreatmentKeys): Promise<SealedFront> {
  return sealFront({ coded: codeFront(front), facts, salt: digestOf(`${salt} ${facts.sheet}`).subarray(0, 16), keys });
}
