/** What a document of the issuing server says and shows before and after it was taken in. */
import { takeIn } from '@machikado/antiforgery';
import { createPdfReader, type PageReading, type PdfReader } from '@machikado/inspection';
import { createTypesetter, type Typesetter, typesetCertificate } from '../apps/issuer/src/forms/index.ts';
import type { GalleryCase } from '../apps/issuer/src/forms/testing/gallery/index.ts';

export interface Stage {
  readonly typesetter: Typesetter;
  readonly reader: PdfReader;
  close(): Promise<void>;
}

export function openStage(): Stage {
  const typesetter = createTypesetter({ workers: 1 });
  const reader = createPdfReader({ workers: 1 });
  return {
    typesetter,
    reader,
    async close() {
      await Promise.all([typesetter.close(), reader.close()]);
    },
  };
}

export interface Pair {
  readonly original: readonly PageReading[];
  readonly clean: readonly PageReading[];
  /** The clean document, and what taking it in again makes of it. */
  readonly bytes: Uint8Array;
  readonly again: Uint8Array;
  readonly opaque: boolean;
}

export async function cleanCopyOf({ content }: GalleryCase, { typesetter, reader }: Stage): Promise<Pair> {
  const { pdf } = await typesetCertificate(content, typesetter);
  const taken = takeIn(pdf);
  const bytes = taken.toPdf();
  const [original, clean] = [await reader.read(pdf), await reader.read(bytes)];
  return {
    original: original.pages,
    clean: clean.pages,
    bytes,
    again: takeIn(bytes).toPdf(),
    opaque: taken.pages.some(({ opaqueBackground }) => opaqueBackground),
  };
}

/** All that two readings could differ in: size, letters with their places, drawings, and every byte of the picture. */
export function differencesOf({ original, clean }: Pair): string[] {
  if (original.length !== clean.length) return ['pages'];
  return original.flatMap((page, i) => {
    const other = clean[i] as PageReading;
    const same = {
      size: page.widthMm === other.widthMm && page.heightMm === other.heightMm,
      letters: JSON.stringify(page.glyphs) === JSON.stringify(other.glyphs),
      drawings: JSON.stringify(page.drawings) === JSON.stringify(other.drawings),
      picture: Buffer.compare(page.raster.data, other.raster.data) === 0 && page.digest === other.digest,
    };
    return Object.entries(same).flatMap(([what, is]) => (is ? [] : [`${what} of page ${page.number}`]));
  });
}
