import { expect, test } from 'vitest';
import { freeRasters } from './free-rasters.ts';
import type { PageReading } from './page-reading.ts';

test('memory of pictures is given back at once, and the letters stay', () => {
  const pages = [1, 2].map((number): PageReading => {
    const raster = { width: 100, height: 100, data: new Uint8Array(100 * 100) };
    return { number, widthMm: 210, heightMm: 297, glyphs: [], drawings: [], raster, digest: `digest ${number}` };
  });
  freeRasters(pages);
  expect(pages.map(({ raster }) => raster.data.buffer.byteLength)).toEqual([0, 0]);
  expect(pages.map(({ digest }) => digest)).toEqual(['digest 1', 'digest 2']);
});
