import { onePagePdf } from '@machikado/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSheet } from '../format/open-sheet.ts';
import { inventedPage } from '../format/testing/invented-pages.ts';
import { knownOpeningKeys, knownTreatmentKeys } from '../format/testing/test-keys.ts';
import { pagesOf } from '../paper/testing/draw-region.ts';
import { treatCopy } from './treat-copy.ts';
import { createTreatment, type Treatment } from './treatment.ts';
import type { TreatmentJob } from './treatment-job.ts';

const style = { copyWarning: 'low-gain', inquiryUrl: 'https://kakunin.machikado.example/', linePhase: true } as const;
const raster = inventedPage({ signs: 300, em: 28, seed: 1 });
const facts = {
  ...{ lgCode: '990019', issueNumber: '00000000000000ff', orderReference: '0f1e2d3c4b5a6978' },
  ...{ sheet: 1, of: 1, issuedAt: new Date('2026-11-22T03:00:00Z') },
};

describe('the treatment', () => {
  let treatment: Treatment;
  beforeAll(() => {
    // A machine that does much else starts a thread slowly.
    treatment = createTreatment({ workers: 1, timeoutMs: 60_000 });
  });
  afterAll(() => treatment.close());

  test('takes in, codes, seals and composes; keys stay with the caller', async () => {
    const clean = await treatment.takeIn(onePagePdf('0 0 1 rg 100 100 50 50 re f'));
    const jobs: TreatmentJob[] = [];
    const watched: Treatment = {
      ...treatment,
      compose: (job, options) => {
        jobs.push(job);
        return treatment.compose(job, options);
      },
    };
    const random = (bytes: number) => new Uint8Array(bytes).fill(7);
    const sheets = [{ raster, freeBoxes: [], facts }];
    const pdf = await treatCopy(watched, { clean, sheets, style, keys: knownTreatmentKeys(3, 4), random });
    expect(await pagesOf(pdf)).toBe(2);

    const [sealed] = jobs.flatMap((job) => job.sheets);
    if (!sealed) throw new Error('nothing was composed');
    const { header, ciphertext } = sealed;
    const opened = openSheet({ header, ciphertext, keys: knownOpeningKeys([3], [4]) });
    if ('refused' in opened) throw new Error(opened.refused);
    expect(opened.facts).toEqual(facts);
    expect([...opened.picture.bits].some((bit, i) => (bit === 1) !== (raster.data[i] ?? 255) < 200)).toBe(false);
  });

  test('refuses with the code of the intake, and says nothing of the document', async () => {
    const refusal = await treatment.takeIn(Buffer.from('<html>夕凪 花子</html>')).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ name: 'TreatmentRefusal', code: 'NOT_A_PDF' });
    expect(`${refusal} ${(refusal as Error).cause}`).not.toContain('夕凪');
    await expect(treatment.takeIn(new Uint8Array(9_000_000))).rejects.toMatchObject({ code: 'TOO_LARGE' });
    const dust = raster.data.map((_, i) => {
      const grain = Math.floor((i % raster.width) / 3) + 600 * Math.floor(i / raster.width / 3);
      const mixed = Math.imul(grain ^ (grain >>> 9), 0x9e3779b1);
      return Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b) < 0 ? 255 : 0;
    });
    await expect(treatment.codeFront({ ...raster, data: dust })).rejects.toMatchObject({ code: 'TOO_DENSE' });
  });

  test('stops when the asker gives up, and goes on with the next', async () => {
    const asker = new AbortController();
    const work = treatment.takeIn(onePagePdf(''), { signal: asker.signal });
    asker.abort(new Error('the resident went home'));
    await expect(work).rejects.toThrow('the resident went home');
    expect((await treatment.codeFront(raster)).dpi).toBe(200);
  });

  test('shrinks a front that does not fit at 200 dpi', async () => {
    const dense = inventedPage({ signs: 4_600, em: 20, seed: 4 });
    expect((await treatment.codeFront(dense)).dpi).toBeLessThan(200);
  });
});

test('what takes too long is stopped', async () => {
  const hasty = createTreatment({ workers: 1, timeoutMs: 1 });
  await expect(hasty.codeFront(raster)).rejects.toMatchObject({ code: 'TOO_SLOW' });
  await hasty.close();
});
