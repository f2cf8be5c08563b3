/** タグ付きPDF: what a screen reader is given, as poppler and qpdf read it: headings, labels before values, words for pictures. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ExpectedCell, lettersOf } from '@machikado/inspection';
import { certificateKinds } from '@machikado/protocol';
import { withPrograms } from '@machikado/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectationOf } from './expectation-of.ts';
import { readWording } from './form-contract.ts';
import { type GalleryCase, galleryCases } from './testing/gallery/index.ts';
import { typesetCertificate } from './typeset-certificate.ts';
import { createTypesetter, type Typesetter } from './typesetter.ts';

interface Tagged {
  readonly tag: string;
  readonly text: string;
}

withPrograms(['pdfinfo', 'qpdf'], 'poppler-utils qpdf', () => {
  let typesetter: Typesetter;
  let folder: string;
  beforeAll(() => {
    typesetter = createTypesetter({ workers: 1 });
    folder = mkdtempSync(join(tmpdir(), 'tagged-'));
  });
  afterAll(async () => {
    await typesetter?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(certificateKinds)(
    '%s: the title is a heading, each label stands before its value, seals have words',
    async (kind) => {
      const { content } = galleryCases.find((one) => one.content.kind === kind) as GalleryCase;
      const { pdf, form, moved } = await typesetCertificate(content, typesetter);
      const file = join(folder, `${kind}.pdf`);
      writeFileSync(file, pdf);
      const { pages } = expectationOf(content, form, moved);
      const wording = readWording(form);
      const tagged = readTagged(file);

      const headings = tagged.filter(({ tag }) => tag === 'H1').map(({ text }) => text);
      expect(headings).toEqual(pages.map(() => lettersOf(wording.title)));
      const spoken = tagged.filter(({ tag }) => tag === 'P').map(({ text }) => text);
      for (const [label, value] of pages.flatMap(({ cells }) => labelled(cells)))
        expect(
          spoken.some((text, i) => text === label && spoken[i + 1] === value),
          `${label} before its value`,
        ).toBe(true);

      const cells = pages.flatMap((page) => page.cells.map(({ text }) => lettersOf(text)));
      const margins = pages.map((_, i) => `${content.orderReference}${i + 1}/${pages.length}`);
      const all = [...cells, ...margins].filter((text) => text !== '');
      expect([...headings, ...spoken].sort(), 'everything is tagged, once').toEqual(all.sort());

      const labels = Object.values(wording.pictures ?? {});
      const alts = pages.flatMap(({ seal, pictures = [] }) => [
        ...pictures.map((_, i) => labels[i]),
        ...(seal ? ['公印'] : []),
      ]);
      expect(readAlternatives(file)).toEqual(alts.sort());
      const info = execFileSync('pdfinfo', [file], { encoding: 'utf8' });
      expect(info).toMatch(/^Tagged: +yes$/m);
      expect(info).toMatch(new RegExp(`^Title: +${wording.title}$`, 'm'));
      expect(qdf(file)).toMatch(/\/Lang \((ja|ja-JP)\)/);
    },
  );
});

/** Paragraphs and headings in the order in which they are read, without spaces. */
function readTagged(file: string): Tagged[] {
  const lines = execFileSync('pdfinfo', ['-struct-text', file], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).split('\n');
  const found: { tag: string; text: string }[] = [];
  for (const line of lines) {
    const tag = /^ *(H[1-6]|P|Span|Figure)\b/.exec(line)?.[1];
    const text = /^ *"(.*)"$/.exec(line)?.[1];
    if (text !== undefined) (found.at(-1) as { text: string }).text += lettersOf(text);
    else if (tag) found.push({ tag, text: '' });
  }
  return found.filter(({ text }) => text !== '');
}

/** Label and value of each cell that has a label of the form. */
function labelled(cells: readonly ExpectedCell[]): (readonly [string, string])[] {
  return cells.flatMap(({ where, text }, i) => {
    const next = cells[i + 1];
    const labelOf = where.replace('label of ', '');
    return next && where.includes('label of ') && next.where === labelOf
      ? [[lettersOf(text), lettersOf(next.text)] as const]
      : [];
  });
}

function readAlternatives(file: string): string[] {
  const found = [...qdf(file).matchAll(/\/Alt <([0-9a-f]+)>(?=[^>]*\/S \/Figure)/g)];
  return found.map(([, hex = '']) => Buffer.from(hex, 'hex').subarray(2).swap16().toString('utf16le')).sort();
}

function qdf(file: string): string {
  return execFileSync('qpdf', ['--qdf', '--object-streams=disable', file, '-'], {
    encoding: 'latin1',
    maxBuffer: 64_000_000,
  });
}
