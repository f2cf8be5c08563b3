import { copierEngine, copierModes, photocopy, printPage, tintContrast } from '@machikado/simulators';
import { expect, test } from 'vitest';
import type { Raster } from '../raster.ts';
import {
  type CopyWarningPreset,
  copyWarningLetters,
  copyWarningPresets,
  copyWarningTile,
  tileSize,
} from './copy-warning.ts';

const presets = Object.keys(copyWarningPresets) as CopyWarningPreset[];
/** The upper left quarter of the tile, with 「複写」 in its middle. */
const quarter = { width: tileSize.width / 2, height: tileSize.height / 2 };
const letters = quarterOf(copyWarningLetters());
const printed = (preset: CopyWarningPreset, gainPx: number) =>
  printPage(quarterOf(copyWarningTile(copyWarningPresets[preset])), { ...copierEngine, gainPx }, 5);

test.each(presets)('%s: letters and ground have about the same share of ink', (preset) => {
  const tile = copyWarningTile(copyWarningPresets[preset]);
  const inside = copyWarningLetters();
  const share = (side: 0 | 1) => {
    const pixels = [...tile.keys()].filter((pixel) => inside[pixel] === side);
    return pixels.reduce((sum, pixel) => sum + (tile[pixel] ?? 0), 0) / pixels.length;
  };
  expect(share(0)).toBeGreaterThan(0.09);
  expect(Math.abs(share(1) - share(0))).toBeLessThan(0.035);
});

test('a tile continues in the next one: the lattice goes on over its edges', () => {
  const { fine } = copyWarningPresets['middle-gain'];
  const tile = copyWarningTile({ fine, coarse: 18 });
  // The ground’s dot at the corner lies in all four corners of the tile.
  const { width, height } = tileSize;
  for (const pixel of [0, width - 1, (height - 1) * width, height * width - 1]) expect(tile[pixel]).toBe(1);
});

test.each([
  ['low-gain', 0],
  ['middle-gain', 0.3],
  ['high-gain', 0.9],
] as const)('%s is not seen on the original of an engine whose dots grow by %f px', async (preset, gainPx) => {
  expect(Math.abs((await tintContrast(await printed(preset, gainPx), letters)).deltaL)).toBeLessThan(1);
});

test('「複写」 stands out of a copy in each of the five modes, as the design measured it', async () => {
  const leastDeltaL = { 'text-600': 4, 'text-usm': 3.2, 'background-removal': 2.8, photo: 1.3, 'dpi-300': 3 };
  const leastCnr = { 'text-600': 4.6, 'text-usm': 3, 'background-removal': 3.9, photo: 1.3, 'dpi-300': 4 };
  const paper = await printed('middle-gain', 0.3);
  for (const mode of copierModes) {
    const { deltaL, cnr } = await tintContrast((await photocopy(paper, mode, 9)).paper, letters);
    expect(deltaL, mode).toBeLessThan(-leastDeltaL[mode]);
    expect(cnr, mode).toBeGreaterThan(leastCnr[mode]);
  }
});

/** 255 = paper. */
function quarterOf(tile: Uint8Array): Raster {
  const { width, height } = quarter;
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) data[y * width + x] = tile[y * tileSize.width + x] ? 0 : 255;
  return { width, height, data };
}
