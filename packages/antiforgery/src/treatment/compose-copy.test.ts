import { onePagePdf, richPdf } from '@machikado/testkit';
import { describe, expect, test } from 'vitest';
import { inventSheet } from '../decoding/testing/invented-sheet.ts';
import { buildCells } from '../format/cells.ts';
import { cellPx, cellsHigh, cellsWide } from '../format/geometry.ts';
import { cellType, layout } from '../format/layout.ts';
import { takeIn } from '../intake/take-in.ts';
import { copyWarningPresets, copyWarningTile, tileSize } from '../paper/copy-warning.ts';
import { boxFromMm, matrixBox } from '../paper/places.ts';
import { drawRegion, pagesOf } from '../paper/testing/draw-region.ts';
import { composeCopy } from './compose-copy.ts';
import { foreignColours } from './testing/inks-of.ts';
import type { MmBox } from './treatment-job.ts';

const style = { copyWarning: 'middle-gain', inquiryUrl: 'https://kakunin.machikado.example/' } as const;
const seal = { xMm: 166, yMm: 256, wMm: 22, hMm: 22 };

function treated(pdf: Uint8Array, freeBoxes: readonly MmBox[] = []): Promise<Uint8Array> {
  const document = takeIn(pdf);
  const of = document.pages.length;
  const sheets = document.pages.map((_, i) => ({ ...sealed(i + 1, of), freeBoxes }));
  return composeCopy({ clean: document.toPdf(), sheets, style });
}

function sealed(sheet: number, of: number) {
  const { header, ciphertext } = inventSheet(`sheet ${sheet}`);
  const facts = {
    ...{ lgCode: '990019', issueNumber: '00000000000000ff', orderReference: '0f1e2d3c4b5a6978' },
    ...{ sheet, of, issuedAt: new Date('2026-11-22T03:00:00Z') },
  };
  return { header, ciphertext, facts };
}

describe('a treated copy', () => {
  test('has a front and a back for each page, holds no RGB, and is the same bytes again', async () => {
    const pdf = await treated(richPdf());
    expect(await pagesOf(pdf)).toBe(4);
    expect(foreignColours(takeIn(richPdf()).toPdf())).not.toEqual([]);
    expect(foreignColours(pdf)).toEqual([]);
    expect(Buffer.from(pdf).toString('latin1')).not.toMatch(/Date|\/Info|\/Font.*BIZ/);
    expect(await treated(richPdf())).toEqual(pdf);
  });

  test('carries the matrix at six whole device pixels a cell', async () => {
    const { data, width } = await drawRegion(await treated(onePagePdf('')), 2, matrixBox);
    const { header, ciphertext } = inventSheet('sheet 1');
    const cells = buildCells(header, ciphertext);
    const { type } = layout();
    let wrong = 0;
    for (let cell = 0; cell < cellsWide * cellsHigh; cell++) {
      if (type[cell] === cellType.finder) continue;
      const black = ((cells[cell >> 3] ?? 0) >> (7 - (cell & 7))) & 1;
      const from = Math.floor(cell / cellsWide) * cellPx * width + (cell % cellsWide) * cellPx;
      for (let px = 0; px < cellPx * cellPx; px++) {
        const grey = data[from + Math.floor(px / cellPx) * width + (px % cellPx)] ?? 0;
        if (grey < 128 !== (black === 1)) wrong += 1;
      }
    }
    expect(wrong).toBe(0);
  });

  test('carries けん制文字 dot by dot over the front, even where the page paints its paper', async () => {
    const pdf = await treated(onePagePdf('1 g 0 0 600 850 re f'));
    // Where four tiles meet.
    const box = { x: tileSize.width - 60, y: tileSize.height - 60, width: 120, height: 120 };
    const { data } = await drawRegion(pdf, 1, box);
    const tile = copyWarningTile(copyWarningPresets['middle-gain']);
    const drawn = [...data].map((grey) => (grey < 128 ? 1 : 0));
    const wanted = drawn.map((_, i) => {
      const x = (box.x + (i % box.width)) % tileSize.width;
      const y = (box.y + Math.floor(i / box.width)) % tileSize.height;
      return tile[y * tileSize.width + x];
    });
    expect(drawn).toEqual(wanted);
  });

  test('lays nothing over a seal, and something right beside it', async () => {
    const pdf = await treated(onePagePdf(''), [seal]);
    const box = boxFromMm(seal);
    expect(new Set((await drawRegion(pdf, 1, box)).data)).toEqual(new Set([255]));
    const beside = await drawRegion(pdf, 1, { ...box, x: box.x - 40, width: 40 });
    expect(new Set(beside.data).size).toBeGreaterThan(1);
  });

  test('is not made of a page that is no upright A4', async () => {
    const page = '<</Type /Page /Parent 2 0 R /MediaBox [0 0 842 595] /Contents 4 0 R /Resources <<>>>>';
    const lyingPage = onePagePdf('', { objects: { 3: page } });
    await expect(treated(lyingPage)).rejects.toThrow('UNSUPPORTED');
  });
});
