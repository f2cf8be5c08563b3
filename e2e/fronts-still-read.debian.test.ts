/** The front under けん制文字 is read by a machine as well as the bare page is. */
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTreatment, type Raster, treatCopy, treatmentKeysFrom } from '@machikado/antiforgery';
import type { PageReading } from '@machikado/inspection';
import { withPrograms } from '@machikado/testkit';
import { afterAll, expect, test } from 'vitest';
import { typesetCertificate } from '../apps/issuer/src/forms/index.ts';
import { galleryCases } from '../apps/issuer/src/forms/testing/gallery/index.ts';
import { openStage } from './clean-copies.ts';
import { despeckled } from './despeckled.ts';

const chosen = ['resident-record-alone-usual', 'seal-registration-usual', 'koseki-full-usual'];

withPrograms(['pdftoppm', 'tesseract'], 'poppler-utils tesseract-ocr tesseract-ocr-jpn', () => {
  const stage = openStage();
  const treatment = createTreatment({ workers: 1, timeoutMs: 120_000 });
  const folder = mkdtempSync(join(tmpdir(), 'machikado-ocr-'));
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await Promise.all([stage.close(), treatment.close()]);
  });

  test('OCR loses at most one letter in a hundred against the untreated page', async () => {
    const read = { untreated: 0, treated: 0 };
    for (const { content } of galleryCases.filter(({ name }) => chosen.includes(name))) {
      const clean = await treatment.takeIn((await typesetCertificate(content, stage.typesetter)).pdf);
      const { pages } = await stage.reader.read(clean);
      const letters = lettersOn(pages[0] as PageReading);
      const bare = shared(letters, ocr(clean));
      // Else there would be little to lose.
      expect(bare / [...letters.values()].reduce((a, b) => a + b, 0)).toBeGreaterThan(0.7);
      read.untreated += bare;
      read.treated += shared(letters, ocr(await treated(clean, pages)));
    }
    expect(read.treated).toBeGreaterThan(read.untreated * 0.99);
  }, 240_000);

  function treated(clean: Uint8Array, pages: readonly PageReading[]): Promise<Uint8Array> {
    const { privateKey: signingKey } = generateKeyPairSync('ed25519');
    return treatCopy(treatment, {
      clean,
      sheets: pages.map(({ raster }, i) => ({
        raster,
        freeBoxes: [],
        facts: {
          ...{ lgCode: '990019', issueNumber: '00000000000000ff', orderReference: '0f1e2d3c4b5a6978' },
          ...{ sheet: i + 1, of: pages.length, issuedAt: new Date('2026-11-22T03:00:00Z') },
        },
      })),
      style: { copyWarning: 'middle-gain', inquiryUrl: 'https://kakunin.machikado.example/' },
      keys: treatmentKeysFrom({ encryptionKeyId: 1, master: randomBytes(32), signingKeyId: 1, signingKey }),
      random: randomBytes,
    });
  }

  /** Of the first page. */
  function ocr(pdf: Uint8Array): Map<string, number> {
    const at = (name: string) => join(folder, name);
    writeFileSync(at('page.pdf'), pdf);
    run('pdftoppm', ['-r', '600', '-gray', '-singlefile', '-f', '1', at('page.pdf'), at('page')]);
    const { width, height, data } = despeckled(readPgm(at('page.pgm')));
    writeFileSync(at('clear.pgm'), Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), data]));
    return counted(run('tesseract', [at('clear.pgm'), '-', '-l', 'jpn', '--psm', '11', '--dpi', '300']));
  }
});

function run(program: string, args: readonly string[]): string {
  const env = { ...process.env, OMP_THREAD_LIMIT: '1' };
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', env });
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
  return stdout;
}

function readPgm(file: string): Raster {
  const bytes = readFileSync(file);
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 40).toString('latin1'));
  if (!head) throw new Error('no grey picture');
  return { width: Number(head[1]), height: Number(head[2]), data: bytes.subarray(head[0].length) };
}

const lettersOn = ({ glyphs }: PageReading): Map<string, number> => counted(glyphs.map(({ text }) => text).join(''));

/** How often each letter occurs: in which order OCR reads the cells of a table is not the point. */
function counted(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const letter of text.replace(/\s/g, '')) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return counts;
}

function shared(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const [letter, count] of one) sum += Math.min(count, other.get(letter) ?? 0);
  return sum;
}
