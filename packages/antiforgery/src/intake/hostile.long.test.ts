/** Hostile and damaged files by the ten thousand, straight and through the workers. Prints its seed; MACHIKADO_SEED repeats a run. */
import { randomInt } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { damagedBytes, damagedRichPdf, hostilePdfs, richPackedPdf, richPdf } from '@machikado/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTreatment } from '../treatment/treatment.ts';
import { TreatmentRefusal } from '../treatment/treatment-refusal.ts';
import { IntakeRefusal } from './intake-refusal.ts';
import { takeIn } from './take-in.ts';

const seed = Number(process.env.MACHIKADO_SEED ?? randomInt(2 ** 31));
const bases = [richPdf(), richPackedPdf()];
const damaged = (i: number) =>
  i % 2 === 0 ? damagedRichPdf(seed + i) : damagedBytes(bases[i % 4 === 1 ? 0 : 1] as Buffer, seed + i);
const treatment = createTreatment({ workers: 2 });
beforeAll(() => console.log(`MACHIKADO_SEED=${seed}`));
afterAll(() => treatment.close());

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

test('20,000 damaged files: a code, or a clean document in which no red, green and blue is left or that says why', async () => {
  const counts: Record<string, number> = {};
  let heapAfterAThousand = 0;
  for (let i = 0; i < 20_000; i += 1) {
    const began = performance.now();
    const outcome = await outcomeOf(damaged(i));
    expect(performance.now() - began, `took long: ${seed + i}`).toBeLessThan(2000);
    counts[outcome] = (counts[outcome] ?? 0) + 1;
    if (i !== 1000 && i !== 19_999) continue;
    collect();
    const heap = process.memoryUsage().heapUsed;
    if (i === 1000) heapAfterAThousand = heap;
    else expect(heap - heapAfterAThousand).toBeLessThan(20_000_000);
  }
  console.log(counts);
  expect(counts.clean).toBeGreaterThan(1000);
});

test('the workers refuse every hostile file within its time, none ends one, and the next document is treated', async () => {
  const damages = Array.from({ length: 300 }, (_, i) => ({ name: `damage ${seed + i}`, bytes: () => damaged(i) }));
  for (const { name, bytes } of [...hostilePdfs, ...damages]) {
    const began = performance.now();
    const outcome = await treatment.takeIn(bytes()).then(
      () => 'taken',
      (error: unknown) => (error instanceof TreatmentRefusal ? error.code : error),
    );
    expect([name, outcome]).not.toEqual([name, expect.stringMatching(/CRASHED|TOO_SLOW/)]);
    expect(typeof outcome, name).toBe('string');
    expect(performance.now() - began, name).toBeLessThan(5000);
  }
  expect(Buffer.from(await treatment.takeIn(richPdf()))).toEqual(takeIn(richPdf()).toPdf());
});

async function outcomeOf(pdf: Uint8Array): Promise<string> {
  try {
    const taken = takeIn(pdf);
    const clean = taken.toPdf();
    expect(Buffer.compare(takeIn(clean).toPdf(), clean)).toBe(0);
    const ink = (await taken.withoutRgb()).toPdf();
    expect(Buffer.from(ink).toString('latin1')).not.toMatch(/RGB|ICCBased/);
    expect(takeIn(ink).pages).toEqual(taken.pages);
    return 'clean';
  } catch (error) {
    if (error instanceof IntakeRefusal) return error.code;
    throw error;
  }
}
