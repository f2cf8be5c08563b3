import { damagedBytes, damagedRichPdf, hostilePdfs, richPackedPdf, richPdf } from '@machikado/testkit';
import { expect, test } from 'vitest';
import { IntakeRefusal } from './intake-refusal.ts';
import { takeIn } from './take-in.ts';

/** The code of the refusal, or 'clean' when what came out is a clean document. */
function outcomeOf(pdf: Uint8Array): string {
  try {
    const clean = takeIn(pdf).toPdf();
    return Buffer.compare(takeIn(clean).toPdf(), clean) === 0 ? 'clean' : 'not clean';
  } catch (error) {
    if (error instanceof IntakeRefusal) return error.code;
    throw error;
  }
}

test('there are more than two hundred and seventy kinds of files to refuse, each under its own name', () => {
  expect(hostilePdfs.length).toBeGreaterThan(270);
  expect(new Set(hostilePdfs.map(({ name, because }) => `${because} ${name}`)).size).toBe(hostilePdfs.length);
});

test('each is refused with the code that fits', () => {
  const outcomes = hostilePdfs.map(({ name, bytes }) => [name, outcomeOf(bytes())]);
  expect(outcomes).toEqual(hostilePdfs.map(({ name, because }) => [name, because]));
});

test('sound files with a damage are refused with a code, or were not damaged where it counts', () => {
  const bases = [richPdf(), richPackedPdf()];
  const outcomes = Array.from({ length: 120 }, (_, seed) =>
    outcomeOf(seed % 3 === 0 ? damagedRichPdf(seed) : damagedBytes(bases[seed % 2] as Buffer, seed)),
  );
  expect(outcomes).not.toContain('not clean');
  expect(new Set(outcomes).size).toBeGreaterThan(1);
});

test('a refusal says nothing of what stands in the document', () => {
  const secret = '架空太郎';
  const pdf = Buffer.from(richPdf().toString('latin1').replace('/Span << /MCID', `(${secret}) /Span << /MCID`), 'utf8');
  expect(() => takeIn(pdf)).toThrow(IntakeRefusal);
  try {
    takeIn(pdf);
  } catch (error) {
    expect(JSON.stringify([(error as Error).message, (error as IntakeRefusal).detail])).not.toContain(secret);
  }
});
