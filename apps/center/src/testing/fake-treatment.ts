/**
 * The treatment of the documents of fake-documents.ts: a clean copy says that it is one, and the back of a sheet says what a real one would
 * hold. Checked by the same contract as the real one.
 */
import { type Treatment, TreatmentRefusal } from '@machikado/antiforgery';
import type { FakePage } from './fake-documents.ts';

export interface FakeBack {
  readonly back: {
    readonly facts: Parameters<Treatment['compose']>[0]['sheets'][number]['facts'];
    readonly freeBoxes: number;
    readonly header: string;
    readonly front: number;
  };
}

export interface FakeTreated {
  readonly pages: readonly (FakePage | FakeBack)[];
  readonly style: Parameters<Treatment['compose']>[0]['style'];
}

export function fakeTreatment(): Treatment {
  return {
    async takeIn(pdf, { signal } = {}) {
      signal?.throwIfAborted();
      return toBytes({ pages: pagesOf(pdf), clean: true });
    },
    async codeFront({ width, height }, { signal } = {}) {
      signal?.throwIfAborted();
      return { dpi: 200, width, height, bytes: Uint8Array.of(1, 2, 3, 4) };
    },
    async compose({ clean, sheets, style }, { signal } = {}) {
      signal?.throwIfAborted();
      const pages = pagesOf(clean).flatMap((front, i) => {
        const sheet = sheets[i];
        if (!sheet) throw new RangeError('a front without a back');
        const { facts, freeBoxes, header, ciphertext } = sheet;
        const hex = Buffer.from(header).toString('hex');
        return [front, { back: { facts, freeBoxes: freeBoxes.length, header: hex, front: ciphertext.length } }];
      });
      return toBytes({ pages, style } satisfies FakeTreated);
    },
    async close() {},
  };
}

function pagesOf(pdf: Uint8Array): readonly FakePage[] {
  try {
    return JSON.parse(Buffer.from(pdf).toString()).pages;
  } catch {
    throw new TreatmentRefusal('NOT_A_PDF');
  }
}

function toBytes(document: object): Uint8Array {
  return new Uint8Array(Buffer.from(JSON.stringify(document)));
}
