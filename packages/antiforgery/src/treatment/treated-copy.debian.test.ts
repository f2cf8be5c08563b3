import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { photocopyInColour } from '@machikado/simulators';
import { richPdf, withPrograms } from '@machikado/testkit';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inventSheet } from '../decoding/testing/invented-sheet.ts';
import { buildCells } from '../format/cells.ts';
import { cellPx, cellsHigh, cellsWide } from '../format/geometry.ts';
import { cellType, layout } from '../format/layout.ts';
import { takeIn } from '../intake/take-in.ts';
import { detectionCells, detectionImage } from '../paper/detection-image.ts';
import { detectionBox, matrixBox, sheetPx } from '../paper/places.ts';
import { drawRegion } from '../paper/testing/draw-region.ts';
import type { Raster } from '../raster.ts';
import { composeCopy } from './compose-copy.ts';
import { drawWith, type Renderer, renderers, runProgram } from './testing/printers-view.ts';

const BACK = 2;
const { header, ciphertext } = inventSheet('sheet 1');

withPrograms(['qpdf', 'pdftoppm', 'mutool', 'gs'], 'qpdf poppler-utils mupdf-tools ghostscript', () => {
  describe('a treated copy before other people’s programs', () => {
    let folder = '';
    let file = '';
    const backs = new Map<Renderer, Raster>();
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'machikado-treated-'));
      file = join(folder, 'treated.pdf');
      const document = takeIn(richPdf());
      const facts = {
        ...{ lgCode: '990019', issueNumber: '00000000000000ff', orderReference: '0f1e2d3c4b5a6978' },
        ...{ of: document.pages.length, issuedAt: new Date('2026-11-22T03:00:00Z') },
      };
      const sheets = document.pages.map((_, i) => ({
        header,
        ciphertext,
        freeBoxes: [],
        facts: { ...facts, sheet: i + 1 },
      }));
      const style = { copyWarning: 'middle-gain', inquiryUrl: 'https://kakunin.machikado.example/' } as const;
      writeFileSync(file, await composeCopy({ clean: document.toPdf(), sheets, style }));
      for (const renderer of Object.keys(renderers) as Renderer[]) backs.set(renderer, drawWith(renderer, file, BACK));
    });
    afterAll(() => rmSync(folder, { recursive: true }));
    const backOf = (renderer: Renderer): Raster => backs.get(renderer) as Raster;

    test('qpdf finds nothing wrong', () => {
      expect(runProgram('qpdf', ['--check', file])).toMatch(/No syntax or stream encoding errors/);
    });

    test.each(['poppler', 'ghostscript'] as const)('%s draws each cell of six whole pixels', (renderer) => {
      expect(wrongPixels(backOf(renderer), 0)).toBe(0);
    });

    // Its images advance in steps of a 16,384th of a pixel: over the whole matrix that is one pixel too much.
    test('mupdf draws each cell at most one pixel aside', () => {
      expect(wrongPixels(backOf('mupdf'), 1)).toBe(0);
    });

    test('all draw the same sheet as pdfium: tone by tone, in squares of 3 mm', async () => {
      const pdfium = await drawRegion(readFileSync(file), BACK, { x: 0, y: 0, ...sheetPx });
      for (const [renderer, back] of backs) {
        expect([back.width, back.height], renderer).toEqual([sheetPx.width, sheetPx.height]);
        // Ghostscript paints every pixel that a letter touches, so its words are bolder.
        expect(greatestDifference(back, pdfium), renderer).toBeLessThan(0.12);
      }
    });

    test('「証」 is in the black separation alone, and a colour copy loses it', async () => {
      runProgram('gs', [
        ...['-q', '-dNOPAUSE', '-dBATCH', '-dSAFER', '-r600', '-sDEVICE=tiffsep'],
        ...[`-dFirstPage=${BACK}`, `-dLastPage=${BACK}`, '-o', join(folder, 'plates.tif'), file],
      ]);
      const black = await region(join(folder, 'plates(Black).tif'));
      expect(latentContrast(black)).toBeGreaterThan(0.3);

      runProgram('gs', [
        ...['-q', '-dNOPAUSE', '-dBATCH', '-dSAFER', '-r600', '-sDEVICE=tiff24nc'],
        ...[`-dFirstPage=${BACK}`, `-dLastPage=${BACK}`, '-o', join(folder, 'seen.tif'), file],
      ]);
      const [red, green, blue] = await Promise.all(
        ([0, 1, 2] as const).map((plane) => region(join(folder, 'seen.tif'), plane)),
      );
      const copy = await photocopyInColour({ red, green, blue } as { red: Raster; green: Raster; blue: Raster }, 1);
      expect(latentContrast(copy.black)).toBeLessThan(0.04);
    });
  });
});

/** Pixels of cells, without `margin` around each, that are not what the cell is. */
function wrongPixels({ data, width }: Raster, margin: number): number {
  const cells = buildCells(header, ciphertext);
  const { type } = layout();
  let wrong = 0;
  for (let cell = 0; cell < cellsWide * cellsHigh; cell++) {
    if (type[cell] === cellType.finder) continue;
    const black = (((cells[cell >> 3] ?? 0) >> (7 - (cell & 7))) & 1) === 1;
    const left = matrixBox.x + (cell % cellsWide) * cellPx;
    const top = matrixBox.y + Math.floor(cell / cellsWide) * cellPx;
    for (let y = margin; y < cellPx - margin; y++)
      for (let x = margin; x < cellPx - margin; x++)
        if ((data[(top + y) * width + left + x] ?? 0) < 128 !== black) wrong += 1;
  }
  return wrong;
}

/** Of the mean ink of squares, as a share. Greys are left out: each program has its own of four inks. */
function greatestDifference(one: Raster, other: Raster): number {
  const side = 72;
  let greatest = 0;
  for (let top = 0; top + side <= one.height; top += side)
    for (let left = 0; left + side <= one.width; left += side) {
      if (isGrey(left, top, side)) continue;
      let difference = 0;
      for (let y = top; y < top + side; y++)
        for (let x = left; x < left + side; x++) {
          const at = y * one.width + x;
          difference += Number((one.data[at] ?? 0) < 128) - Number((other.data[at] ?? 0) < 128);
        }
      greatest = Math.max(greatest, Math.abs(difference) / side ** 2);
    }
  return greatest;
}

const isGrey = (left: number, top: number, side: number): boolean =>
  left < detectionBox.x + detectionBox.width &&
  left + side > detectionBox.x &&
  top < detectionBox.y + detectionBox.height &&
  top + side > detectionBox.y;

/** The detection image as drawn: one plane of it. */
async function region(file: string, plane: 0 | 1 | 2 = 0): Promise<Raster> {
  const { x: left, y: top, width, height } = detectionBox;
  const picture = sharp(file, { limitInputPixels: false }).extract({ left, top, width, height });
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  const { channels } = info;
  return { width, height, data: new Uint8Array(width * height).map((_, i) => data[i * channels + plane] ?? 0) };
}

/** How much darker 「証」 is than its surroundings, cells of one tone with one another, as a share of full ink. */
function latentContrast({ data, width }: Raster): number {
  const { latent, dark } = detectionImage();
  const differences = [0, 1].map((tone) => {
    const mean = (inside: number) => {
      const cells = [...dark.keys()].filter((cell) => dark[cell] === tone && latent[cell] === inside);
      return cells.reduce((sum, cell) => sum + greyOf(cell), 0) / cells.length;
    };
    return Math.abs(mean(1) - mean(0)) / 255;
  });
  return (differences[0] ?? 0) / 2 + (differences[1] ?? 0) / 2;

  function greyOf(cell: number): number {
    const left = (cell % detectionCells) * cellPx;
    const top = Math.floor(cell / detectionCells) * cellPx;
    let sum = 0;
    for (let y = 0; y < cellPx; y++) for (let x = 0; x < cellPx; x++) sum += data[(top + y) * width + left + x] ?? 0;
    return sum / cellPx ** 2;
  }
}
