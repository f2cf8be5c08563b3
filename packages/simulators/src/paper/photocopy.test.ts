import type { Raster } from '@machikado/antiforgery';
import { expect, test } from 'vitest';
import {
  copierEngine,
  copierModes,
  photocopy,
  photocopyInColour,
  printPage,
  tintContrast,
  underInfrared,
} from '../index.ts';

const WIDTH = 432;
const HEIGHT = 288;
/** On the left fine dots, on the right coarse ones, as background and letters of けん制文字 are made of. */
const page = twoTints();
const letters = filled((x) => (x < WIDTH / 2 ? 255 : 0));

test.each(copierModes)('%s darkens coarse dots against fine ones, which on the original look alike', async (mode) => {
  const paper = await printPage(page, { ...copierEngine, gainPx: 0.6 }, 5);
  const original = await tintContrast(paper, letters);
  expect(Math.abs(original.deltaL)).toBeLessThan(1);
  const copy = await tintContrast((await photocopy(paper, mode, 9)).paper, letters);
  expect(copy.deltaL).toBeLessThan(-1.5);
  expect(copy.cnr).toBeGreaterThan(original.cnr + 1);
});

test('the same seed gives the same copy, and a copier has ink or none', async () => {
  const paper = await printPage(page, copierEngine, 5);
  const [one, again] = [await photocopy(paper, 'photo', 9), await photocopy(paper, 'photo', 9)];
  expect(Buffer.compare(one.paper.data, again.paper.data)).toBe(0);
  expect([...new Set(one.page.data)].sort()).toEqual([0, 255]);
});

test('infrared sees black toner and no other; a colour copy makes black of every grey', async () => {
  const grey = filled(() => 150);
  const copy = await photocopyInColour({ red: grey, green: grey, blue: grey }, 3);
  expect(mean(copy.black)).toBeLessThan(155);
  expect(mean(copy.cyan)).toBeGreaterThan(250);
  expect(mean(await underInfrared(copy.black, 1))).toBeLessThan(mean(await underInfrared(copy.cyan, 1)) - 70);
});

function twoTints(): Raster {
  const tints = filled(() => 255);
  const dot = (left: number, top: number, rows: readonly string[]) =>
    rows.forEach((row, dy) => {
      [...row].forEach((ink, dx) => {
        if (ink === '#') tints.data[(top + dy) * WIDTH + left + dx] = 0;
      });
    });
  const quincunx = (pitch: number, from: number, rows: readonly string[]) => {
    for (let y = 0; y + pitch <= HEIGHT; y += pitch) {
      for (let x = from; x + pitch <= from + WIDTH / 2; x += pitch) {
        dot(x, y, rows);
        dot(x + pitch / 2, y + pitch / 2, rows);
      }
    }
  };
  quincunx(8, 0, ['##', '##']);
  quincunx(18, WIDTH / 2, [' ### ', '#####', '#####', '#####', ' ### ']);
  return tints;
}

function filled(tone: (x: number) => number): Raster {
  const data = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, at) => tone(at % WIDTH));
  return { width: WIDTH, height: HEIGHT, data };
}

function mean({ data }: Raster): number {
  return data.reduce((sum, value) => sum + value, 0) / data.length;
}
