/** Documents for tests: a "PDF" is JSON that says what stands on its pages, and the reader reads exactly that. */
import { createHash } from 'node:crypto';
import { a4, type DocumentReader, type Glyph, type PageReading, PdfRefusal, type Raster } from '@machikado/inspection';
import type { NameBox } from '@machikado/protocol';

export interface FakePage {
  readonly margin: string;
  readonly names: readonly string[];
  readonly address: string;
}

const WIDTH = Math.round((a4.widthMm / 25.4) * 200);
const HEIGHT = Math.round((a4.heightMm / 25.4) * 200);
/** Black all over: every letter has ink. */
/** Each page has its own, because whoever read it gives its memory back. */
const black = (): Raster => ({ width: WIDTH, height: HEIGHT, data: new Uint8Array(WIDTH * HEIGHT) });

export function fakePdf(pages: readonly FakePage[]): Uint8Array {
  return Buffer.from(JSON.stringify({ pages }));
}

export function pageDigest(page: FakePage): string {
  return createHash('sha256').update(JSON.stringify(page)).digest('hex');
}

export function nameBoxAt(page: number, row: number): Omit<NameBox, 'nameRef'> {
  return { page, xMm: 20, yMm: 30 + row * 10, wMm: 150, hMm: 8 };
}

export function fakeReader(): DocumentReader {
  return {
    async read(pdf, { signal } = {}) {
      signal?.throwIfAborted();
      return { pages: parsePages(pdf).map(toReading) };
    },
    async close() {},
  };
}

function parsePages(pdf: Uint8Array): readonly FakePage[] {
  try {
    return JSON.parse(Buffer.from(pdf).toString()).pages;
  } catch {
    throw new PdfRefusal('not-a-pdf');
  }
}

function toReading(page: FakePage, i: number): PageReading {
  const names = page.names.flatMap((name, row) => letters(name, 21, 30 + row * 10 + 4));
  return {
    number: i + 1,
    widthMm: a4.widthMm,
    heightMm: a4.heightMm,
    glyphs: [...names, ...letters(page.margin, 20, a4.heightMm - 5)],
    drawings: [],
    raster: black(),
    digest: pageDigest(page),
  };
}

function letters(text: string, xMm: number, yMm: number): Glyph[] {
  return [...text].map((letter, i) => ({
    text: letter,
    box: { xMm: xMm + i * 3, yMm: yMm - 1, wMm: 2, hMm: 2 },
    originXMm: xMm + i * 3,
    originYMm: yMm + 1,
    sizeMm: 3,
  }));
}
