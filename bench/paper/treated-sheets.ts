/** Sheets to try: certificates of every kind from the gallery, treated as the center treats them. */
import { strict as assert } from 'node:assert';
import {
  type CodedFront,
  codeFront,
  createTreatment,
  openSheet,
  type Raster,
  type SealedSheet,
  type Treatment,
  treatCopy,
} from '@machikado/antiforgery';
import { createPdfReader, type PdfReader } from '@machikado/inspection';
import { createTypesetter, type Typesetter, typesetCertificate } from '../../apps/issuer/src/forms/index.ts';
import { type GalleryCase, galleryCases } from '../../apps/issuer/src/forms/testing/gallery/index.ts';
import { centerKeys, digestOf, openingKeys } from '../keys.ts';

export interface TreatedSheet {
  /** Of the gallery’s document, and the number of the sheet. */
  readonly name: string;
  /** The treated copy; this sheet’s back is page `back`. */
  readonly pdf: Uint8Array;
  readonly back: number;
  readonly front: Raster;
  readonly coded: CodedFront;
  readonly sealed: { readonly header: Uint8Array; readonly ciphertext: Uint8Array };
}

/** At most so many; documents of all kinds take turns. With a name, that sheet alone. */
export function treatSheets(most: number, name?: string): Promise<TreatedSheet[]> {
  return withTools(async (tools) => {
    const sheets: TreatedSheet[] = [];
    for (const one of takingTurns(galleryCases)) {
      if (sheets.length >= most) break;
      if (!name || name.startsWith(`${one.name} `)) sheets.push(...(await treat(one, tools)));
    }
    return name ? sheets.filter((sheet) => sheet.name === name) : sheets.slice(0, most);
  });
}

/**
 * As dense as the densest 戸籍 that was seen, 46 % of the cells’ bits: fronts printed over one another, for as long as they fit. The figures
 * that the cliffs are held against speak of such a sheet.
 */
export function treatDense(sheets: readonly TreatedSheet[]): Promise<TreatedSheet> {
  let front = sheets[0]?.front as Raster;
  for (const { front: other } of sheets) {
    const both = { ...front, data: front.data.map((grey, at) => Math.min(grey, other.data[at] ?? 255)) };
    const { dpi, bytes } = codeFront(both);
    if (dpi === 200 && bytes.length <= DENSE_BYTES) front = both;
  }
  return withTools(async (tools) => {
    const [one] = galleryCases.filter(({ content }) => content.kind === 'seal-registration');
    assert(one);
    const [sheet] = await treat({ ...one, name: 'dense' }, tools, front);
    assert(sheet);
    return sheet;
  });
}
const DENSE_BYTES = 31_750;

async function withTools<T>(work: (tools: Tools) => Promise<T>): Promise<T> {
  const typesetter = createTypesetter({ workers: 1 });
  const reader = createPdfReader({ workers: 1 });
  const treatment = createTreatment({ workers: 1, timeoutMs: 60_000 });
  try {
    return await work({ typesetter, reader, treatment });
  } finally {
    await Promise.all([typesetter.close(), reader.close(), treatment.close()]);
  }
}

interface Tools {
  readonly typesetter: Typesetter;
  readonly reader: PdfReader;
  readonly treatment: Treatment;
}

/** `front`: sealed instead of what the first page shows. */
async function treat(
  { name, content }: GalleryCase,
  { typesetter, reader, treatment }: Tools,
  front?: Raster,
): Promise<TreatedSheet[]> {
  const { pdf } = await typesetCertificate(content, typesetter);
  const clean = await treatment.takeIn(pdf);
  const { pages } = await reader.read(clean);
  const fronts = pages.map(({ raster }, i) => (i === 0 && front ? front : raster));
  const { codes, sealed, watched } = watch(treatment);
  let salts = 0;
  const treated = await treatCopy(watched, {
    clean,
    sheets: fronts.map((raster, i) => ({
      raster,
      freeBoxes: [],
      facts: {
        lgCode: '990019',
        issueNumber: content.issueNumber,
        orderReference: content.orderReference,
        sheet: i + 1,
        of: fronts.length,
        issuedAt: new Date('2026-11-22T03:00:00Z'),
      },
    })),
    style: { copyWarning: 'middle-gain', inquiryUrl: 'https://verify.machikado.example/' },
    keys: centerKeys,
    random: (bytes) => digestOf(`${name} salt ${salts++}`).subarray(0, bytes),
  });
  return fronts.map((raster, i) => {
    const [coded, seal] = [codes.get(raster.data), sealed[i]];
    assert(coded && seal);
    return { name: `${name} ${i + 1}`, pdf: treated, back: 2 * (i + 1), front: raster, coded, sealed: seal };
  });
}

/** The treatment, and what went through it. */
function watch(treatment: Treatment) {
  const codes = new Map<Uint8Array, CodedFront>();
  const sealed: SealedSheet[] = [];
  const watched: Treatment = {
    ...treatment,
    codeFront: async (raster, options) => {
      const coded = await treatment.codeFront(raster, options);
      codes.set(raster.data, coded);
      return coded;
    },
    compose: (job, options) => {
      sealed.push(...job.sheets);
      return treatment.compose(job, options);
    },
  };
  return { codes, sealed, watched };
}

/** The first of each kind, the second of each kind and so on. */
function takingTurns(cases: readonly GalleryCase[]): GalleryCase[] {
  const seen = new Map<string, number>();
  const ranked = cases.map((one) => {
    const rank = seen.get(one.content.kind) ?? 0;
    seen.set(one.content.kind, rank + 1);
    return { one, rank };
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ one }) => one);
}

/** What the site must show: the sealed picture, opened without paper between. */
export function sealedPicture({ sealed }: TreatedSheet) {
  const opened = openSheet({ ...sealed, keys: openingKeys });
  assert(!('refused' in opened));
  return opened.picture;
}
