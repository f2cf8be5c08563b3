/** What the use cases rely on: the treatment in its threads and the fake of the tests are held to the same. */
import {
  createTreatment,
  saltBytes,
  sealFront,
  type Treatment,
  TreatmentRefusal,
  treatmentKeysFrom,
} from '@machikado/antiforgery';
import { blankPdf } from '@machikado/testkit';
import { afterAll, describe, expect, test } from 'vitest';
import { fakePdf } from './fake-documents.ts';
import { fakeTreatment } from './fake-treatment.ts';
import { sheetKeys } from './test-center.ts';

interface UnderTest {
  readonly treatment: Treatment;
  readonly document: (pages: number) => Uint8Array;
  readonly pageCount: (treated: Uint8Array) => number;
}

const page = { margin: '', names: [], address: '' };
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const fake: UnderTest = {
  treatment: fakeTreatment(),
  document: (pages) => fakePdf(Array.from({ length: pages }, () => page)),
  pageCount: (treated) => JSON.parse(textOf(treated)).pages.length,
};
const real: UnderTest = {
  // A machine that does much else starts a thread slowly.
  treatment: createTreatment({ workers: 1, timeoutMs: 60_000 }),
  document: blankPdf,
  pageCount: (treated) => Number(/\/Count (\d+)/.exec(textOf(treated))?.[1]),
};

const raster = () => ({ width: 1654, height: 2339, data: new Uint8Array(1654 * 2339).fill(255) });
const keys = treatmentKeysFrom({
  ...{ encryptionKeyId: 1, master: sheetKeys.master, signingKeyId: 1, signingKey: sheetKeys.signing.privateKey },
});
const style = { copyWarning: 'middle-gain', inquiryUrl: 'https://inquiry.machikado.test/' } as const;

describe.each([
  ['the fake', fake],
  ['the real one', real],
])('%s', (_, { treatment, document, pageCount }) => {
  afterAll(() => treatment.close());

  async function sealedSheet(sheet: number, of: number) {
    const issued = { lgCode: '990019', issueNumber: '01'.repeat(8), orderReference: '02'.repeat(8) };
    const facts = { ...issued, sheet, of, issuedAt: new Date('2026-06-03T03:00:00Z') };
    const coded = await treatment.codeFront(raster());
    return {
      ...(await sealFront({ coded, facts, salt: new Uint8Array(saltBytes).fill(sheet), keys })),
      facts,
      freeBoxes: [],
    };
  }

  test('a clean copy is clean: taken in again it is the same', async () => {
    const clean = await treatment.takeIn(document(2));
    expect(textOf(await treatment.takeIn(clean.slice()))).toBe(textOf(clean));
  });

  test('leaves the bytes that it was given to their owner', async () => {
    const given = document(1);
    const before = textOf(given);
    await treatment.takeIn(given);
    expect(textOf(given)).toBe(before);
  });

  test('gives a back to every front', async () => {
    const clean = await treatment.takeIn(document(2));
    const sheets = [await sealedSheet(1, 2), await sealedSheet(2, 2)];
    expect(pageCount(await treatment.compose({ clean, sheets, style }))).toBe(4);
  });

  test('composes nothing when backs and fronts are not as many', async () => {
    const clean = await treatment.takeIn(document(2));
    await expect(treatment.compose({ clean, sheets: [await sealedSheet(1, 1)], style })).rejects.toThrow();
  });

  test('refuses what is no document, with a code', async () => {
    const refused = treatment.takeIn(Buffer.from('no document'));
    await expect(refused).rejects.toBeInstanceOf(TreatmentRefusal);
    await expect(refused).rejects.toMatchObject({ code: 'NOT_A_PDF' });
  });

  test('gives up with the asker’s own reason', async () => {
    const signal = AbortSignal.abort(new Error('nobody waits'));
    await expect(treatment.takeIn(document(1), { signal })).rejects.toThrow('nobody waits');
    await expect(treatment.codeFront(raster(), { signal })).rejects.toThrow('nobody waits');
  });
});
