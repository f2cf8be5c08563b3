/**
 * Damaged documents that are still taken in: a reader that shares nothing with ours (pdfium) must see the same in the clean copy as in the
 * damaged original. Prints its seed; MACHIKADO_SEED repeats a run.
 */
import { randomInt } from 'node:crypto';
import { IntakeRefusal, takeIn } from '@machikado/antiforgery';
import { createPdfReader, type PdfReading, PdfRefusal } from '@machikado/inspection';
import { damagedRichPdf } from '@machikado/testkit';
import { afterAll, expect, test } from 'vitest';

const seed = Number(process.env.MACHIKADO_SEED ?? randomInt(2 ** 31));
const reader = createPdfReader({ workers: 1 });
afterAll(() => reader.close());

test('what was taken in looks like what came', async () => {
  console.log(`MACHIKADO_SEED=${seed}`);
  let compared = 0;
  for (let i = 0; i < 4000; i += 1) {
    const original = damagedRichPdf(seed + i);
    const clean = cleanOf(original);
    if (!clean || isMoved(original)) continue;
    const before = await readingOf(original);
    const after = await readingOf(clean);
    // A page that the reader refuses for its place (cropped, turned) stands upright in the copy.
    if (before === 'page-geometry') continue;
    expect([seed + i, digestsOf(after)]).toEqual([seed + i, digestsOf(before)]);
    compared += 1;
  }
  expect(compared).toBeGreaterThan(200);
});

/** A page whose corner is not the origin is moved there; the reader draws it where it stood. */
function isMoved(pdf: Uint8Array): boolean {
  const boxes =
    Buffer.from(pdf)
      .toString('latin1')
      .match(/\/MediaBox\s*\[[^\]]*\]/g) ?? [];
  return boxes.some((box) => !/\[\s*0+ 0+ 595\.28 841\.89\s*\]/.test(box));
}

function cleanOf(pdf: Uint8Array): Uint8Array | undefined {
  try {
    return takeIn(pdf).toPdf();
  } catch (error) {
    if (error instanceof IntakeRefusal) return undefined;
    throw error;
  }
}

async function readingOf(pdf: Uint8Array): Promise<PdfReading | string> {
  return reader.read(pdf).catch((error: unknown) => {
    if (error instanceof PdfRefusal) return error.reason;
    throw error;
  });
}

const digestsOf = (reading: PdfReading | string) =>
  typeof reading === 'string' ? reading : reading.pages.map(({ digest, glyphs }) => [digest, JSON.stringify(glyphs)]);
