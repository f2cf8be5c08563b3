/** The whole gallery through the eyes of programs that share nothing with ours: poppler and qpdf. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { graphemesOf } from '@machikado/domain';
import { type Box, createPdfReader, inspectCertificate, lettersOf, type PdfReader } from '@machikado/inspection';
import { certificateKinds } from '@machikado/protocol';
import { withPrograms } from '@machikado/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectationOf } from './expectation-of.ts';
import { galleryCases } from './testing/gallery/index.ts';
import { typesetCertificate } from './typeset-certificate.ts';
import { createTypesetter, type Typesetter } from './typesetter.ts';

test('it holds at least sixty documents, of every kind, each under its own name', () => {
  expect(galleryCases.length).toBeGreaterThanOrEqual(60);
  expect(new Set(galleryCases.map(({ content }) => content.kind))).toEqual(new Set(certificateKinds));
  expect(new Set(galleryCases.map(({ name }) => name)).size).toBe(galleryCases.length);
});

withPrograms(['pdftotext', 'pdffonts', 'pdfimages', 'qpdf'], 'poppler-utils qpdf', () => {
  let typesetter: Typesetter;
  let reader: PdfReader;
  let folder: string;
  beforeAll(() => {
    typesetter = createTypesetter({ workers: 1 });
    reader = createPdfReader({ workers: 1 });
    folder = mkdtempSync(join(tmpdir(), 'gallery-'));
  });
  afterAll(async () => {
    await Promise.all([typesetter?.close(), reader?.close()]);
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(galleryCases)('$name: $shows', async ({ name, content }) => {
    const { pdf, form, moved } = await typesetCertificate(content, typesetter);
    const file = join(folder, `${name}.pdf`);
    writeFileSync(file, pdf);
    const expected = expectationOf(content, form, moved);
    expect(inspectCertificate(await reader.read(pdf), expected)).toEqual([]);
    expect(run('qpdf', '--check', file)).toContain('No syntax or stream encoding errors');

    const pages = wordsByPage(file);
    expect(pages).toHaveLength(expected.pages.length);
    expected.pages.forEach(({ cells }, i) => {
      const words = pages[i] as Word[];
      for (const { where, box, text } of cells) expect(graphemes(textIn(words, box)), where).toEqual(graphemes(text));
      const margin = `${content.orderReference}${i + 1}/${pages.length}`;
      const all = [...cells.map(({ text }) => text), margin].flatMap(graphemes);
      expect(words.flatMap(({ text }) => graphemes(text)).sort(), 'nothing else stands there').toEqual(all.sort());
    });

    const fonts = run('pdffonts', file).trim().split('\n').slice(2);
    expect(fonts.length).toBeGreaterThan(0);
    for (const font of fonts) expect(font).toMatch(/^[A-Z]{6}\+\S+.*\byes yes (yes|no)\b/);

    const images = run('pdfimages', '-list', file).trim().split('\n').slice(2);
    const pictures = expected.pages.flatMap((page) => page.pictures ?? []);
    expect(images).toHaveLength(pictures.length);
    pictures.forEach(({ box, png }, i) => {
      const [, , , width, height, , components, , , , , , acrossPpi, downPpi] = (images[i] as string)
        .trim()
        .split(/\s+/);
      expect([Number(width), Number(height), components], 'not resampled').toEqual([
        sideOf(png, 16),
        sideOf(png, 20),
        '1',
      ]);
      expect(Math.abs((Number(width) / Number(acrossPpi)) * 25.4 - box.wMm)).toBeLessThan(0.1);
      expect(Math.abs((Number(height) / Number(downPpi)) * 25.4 - box.hMm)).toBeLessThan(0.1);
    });
  });
});

interface Word {
  readonly text: string;
  /** Middle, in mm from the top left corner. */
  readonly x: number;
  readonly y: number;
}

function wordsByPage(file: string): Word[][] {
  const pages = run('pdftotext', '-bbox', file, '-').split('<page ').slice(1);
  return pages.map((page) =>
    [...page.matchAll(/<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)<\/word>/gu)].map(toWord),
  );
}

function toWord([, left, top, right, bottom, text = '']: readonly (string | undefined)[]): Word {
  const middle = (from: string | undefined, to: string | undefined) => ((Number(from) + Number(to)) / 2 / 72) * 25.4;
  const plain = text.replace(/&(?:lt|gt|amp|quot|apos|#39);/g, (name) => ENTITIES[name] ?? name);
  return { text: plain, x: middle(left, right), y: middle(top, bottom) };
}

const ENTITIES: Readonly<Record<string, string>> = {
  ...{ '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"', '&apos;': "'", '&#39;': "'" },
};

/** Lines from top to bottom, words from left to right. */
function textIn(words: readonly Word[], { xMm, yMm, wMm, hMm }: Box): string {
  const inside = words.filter(({ x, y }) => x > xMm && x < xMm + wMm && y > yMm && y < yMm + hMm);
  return inside
    .sort((a, b) => (Math.abs(a.y - b.y) > 0.8 ? a.y - b.y : a.x - b.x))
    .map(({ text }) => text)
    .join('');
}

/** Letters with their selectors, without spaces. */
function graphemes(text: string): string[] {
  return graphemesOf(lettersOf(text));
}

/** Width (16) and height (20) in the header of a PNG. */
function sideOf(png: Uint8Array, at: number): number {
  return Buffer.from(png).readUInt32BE(at);
}

function run(program: string, ...args: string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', maxBuffer: 64_000_000 });
}
