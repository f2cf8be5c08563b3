/** Documents of other makers: taken in and drawn as they came, by two programs that share nothing with ours, or refused with a code. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeIn } from '@machikado/antiforgery';
import { richPdf, withPrograms } from '@machikado/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTypesetter, typesetCertificate } from '../apps/issuer/src/forms/index.ts';
import { galleryCases } from '../apps/issuer/src/forms/testing/gallery/index.ts';

type Make = (from: string, to: string) => readonly [program: string, ...args: string[]];

const makers: Readonly<Record<string, Make>> = {
  'Ghostscript pdfwrite': (from, to) => ['gs', '-q', '-o', to, '-sDEVICE=pdfwrite', from],
  'Ghostscript pdfwrite, PDF 1.3': (from, to) => [
    'gs',
    '-q',
    '-o',
    to,
    '-sDEVICE=pdfwrite',
    '-dCompatibilityLevel=1.3',
    from,
  ],
  'Ghostscript in CMYK': (from, to) => [
    'gs',
    '-q',
    '-o',
    to,
    '-sDEVICE=pdfwrite',
    '-sColorConversionStrategy=CMYK',
    from,
  ],
  'Ghostscript as pictures': (from, to) => ['gs', '-q', '-o', to, '-sDEVICE=pdfimage24', '-r100', from],
  cairo: (from, to) => ['pdftocairo', '-pdf', from, to],
  'qpdf with object streams': (from, to) => ['qpdf', '--object-streams=generate', from, to],
  'qpdf, linearised': (from, to) => ['qpdf', '--linearize', from, to],
  'qpdf, linearised, with object streams': (from, to) => ['qpdf', '--linearize', '--object-streams=generate', from, to],
  'qpdf, to read': (from, to) => ['qpdf', '--qdf', '--object-streams=disable', from, to],
  'mupdf, cleaned': (from, to) => ['mutool', 'clean', '-gggz', from, to],
  'mupdf, written anew': (from, to) => ['mutool', 'convert', '-o', to, from],
};

const SOURCE = 'seal-registration-rare-letters';

withPrograms(
  ['gs', 'pdftocairo', 'pdftoppm', 'qpdf', 'mutool', 'tesseract'],
  'ghostscript poppler-utils qpdf mupdf-tools tesseract-ocr',
  () => {
    let folder: string;
    const at = (name: string) => join(folder, name);
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'makers-'));
      const typesetter = createTypesetter({ workers: 1 });
      for (const { name, content } of galleryCases.filter((one) => one.name === SOURCE))
        writeFileSync(at(`${name}.pdf`), (await typesetCertificate(content, typesetter)).pdf);
      await typesetter.close();
      writeFileSync(at('rich.pdf'), richPdf());
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    test.each(Object.entries(makers))('a document of ours as %s makes it', (_, make) => {
      run(...make(at(`${SOURCE}.pdf`), at('made.pdf')));
      expectSameLook(at('made.pdf'));
    });

    // The others flatten what shines through into pictures beyond any limit, or fail themselves.
    test.each(['Ghostscript pdfwrite', 'cairo', 'qpdf with object streams', 'qpdf, linearised'])(
      'one that uses most of what there is as %s makes it',
      (name) => {
        run(...(makers[name] as Make)(at('rich.pdf'), at('made.pdf')));
        expectSameLook(at('made.pdf'));
      },
    );

    test('a page that was recognised, with its letters unseen over a picture', () => {
      run('pdftoppm', '-r', '100', '-png', '-singlefile', at(`${SOURCE}.pdf`), at('scan'));
      run('tesseract', at('scan.png'), at('scan'), 'pdf');
      expectSameLook(at('scan.pdf'));
    });

    test('encrypted ones are refused, without a password too', () => {
      run('qpdf', '--encrypt', '', 'owner', '256', '--', at('rich.pdf'), at('locked.pdf'));
      expect(() => takeIn(readFileSync(at('locked.pdf')))).toThrow(/^ENCRYPTED/);
    });

    test('in ink alone they are sound, and look the same to a program that turns colours back by the same formula', async () => {
      for (const source of [SOURCE, 'rich']) {
        const taken = takeIn(readFileSync(at(`${source}.pdf`)));
        writeFileSync(at('clean.pdf'), taken.toPdf());
        writeFileSync(at('ink.pdf'), (await taken.withoutRgb()).toPdf());
        expect(run('qpdf', '--check', at('ink.pdf')).toString()).toContain('No syntax or stream encoding errors');
        expect(farthest(coloursOf(at('clean.pdf')), coloursOf(at('ink.pdf'))), source).toBeLessThanOrEqual(4);
      }
    });

    function expectSameLook(made: string): void {
      const clean = at('clean.pdf');
      writeFileSync(clean, takeIn(readFileSync(made)).toPdf());
      expect(run('qpdf', '--check', clean).toString()).toContain('No syntax or stream encoding errors');
      expect(Buffer.compare(poppler(clean), poppler(made)), 'poppler').toBe(0);
      // A page of cairo’s is a group; mupdf rounds once less when it is none.
      expect(farthest(mupdf(clean), mupdf(made)), 'mupdf').toBeLessThanOrEqual(4);
    }
  },
);

const poppler = (file: string) => run('pdftoppm', '-r', '100', file);
const mupdf = (file: string) => run('mutool', 'draw', '-q', '-F', 'ppm', '-r', '100', '-o', '-', file);

/** Without colour management (-N). */
const coloursOf = (file: string) => run('mutool', 'draw', '-q', '-F', 'ppm', '-N', '-r', '72', '-o', '-', file);

/** Between two bytes at the same place. */
function farthest(before: Buffer, after: Buffer): number {
  if (before.length !== after.length) return Number.POSITIVE_INFINITY;
  return before.reduce((most, byte, i) => Math.max(most, Math.abs(byte - (after[i] as number))), 0);
}

function run(program: string, ...args: string[]): Buffer {
  return execFileSync(program, args, { maxBuffer: 256_000_000, stdio: ['ignore', 'pipe', 'ignore'] });
}
