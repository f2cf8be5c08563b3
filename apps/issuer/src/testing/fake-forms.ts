/**
 * Forms and reader without a typesetter: the “PDF” is the content as JSON, and reading it back gives letters at the places where
 * the real one would give them. Faults are put between the two.
 */
import { isDeepStrictEqual } from 'node:util';
import { type DocumentReader, type Glyph, lettersOf, type PdfReading, textIn } from '@machikado/inspection';
import { digestOf } from '@machikado/pki';
import type { CertificateContent, Forms, NamedBox } from '../ports.ts';

interface FakePage {
  readonly reference: string;
  readonly number: string;
  readonly names: readonly string[];
}

export const fakePdf = (page: FakePage) => new Uint8Array(Buffer.from(JSON.stringify(page)));

export function fakeForms(): Forms {
  return {
    async typeset(content) {
      const { orderReference: reference, issueNumber: number } = content;
      const names = content.persons.map((person) => person.name);
      const pdf = fakePdf({ reference, number, names });
      return { pdf, formVersion: 'fake-1', moved: [], nameBoxes: names.map(boxOf), freeBoxes: [] };
    },
    findingsOn: (reading, content) => (isDeepStrictEqual(linesOf(reading), expected(content)) ? [] : ['text-differs']),
    textsOn: ({ persons, record }) => [...persons.map((person) => person.name), record.address],
    missingGlyphs: (text) => [...text].filter((letter) => letter === '〓'),
    close: async () => {},
  };
}

export function fakeReader(): DocumentReader {
  return {
    async read(pdf) {
      const { reference, number, names } = JSON.parse(Buffer.from(pdf).toString()) as FakePage;
      const glyphs = [...names, reference, number].flatMap((text, i) => glyphsOf(text, boxOf(text, i)));
      const raster = { width: 0, height: 0, data: new Uint8Array() };
      return {
        pages: [{ number: 1, widthMm: 210, heightMm: 297, glyphs, drawings: [], raster, digest: digestOf(pdf) }],
      };
    },
    close: async () => {},
  };
}

function expected({ persons, orderReference, issueNumber }: CertificateContent): string[] {
  return [...persons.map((person) => person.name), orderReference, issueNumber].map(lettersOf);
}

function linesOf({ pages: [page] }: PdfReading): string[] {
  if (!page) return [];
  return Array.from({ length: 12 }, (_, i) => lettersOf(textIn(page, boxOf('', i)))).filter((line) => line !== '');
}

function boxOf(name: string, i: number): NamedBox {
  return { page: 1, xMm: 10, yMm: 10 + i * 10, wMm: 190, hMm: 8, name };
}

function glyphsOf(text: string, { xMm, yMm }: NamedBox): Glyph[] {
  return Array.from(text, (letter, i) => {
    const place = { xMm: xMm + 1 + i * 4, yMm: yMm + 2 };
    return { text: letter, box: { ...place, wMm: 3, hMm: 3 }, originXMm: place.xMm, originYMm: place.yMm, sizeMm: 3 };
  });
}
