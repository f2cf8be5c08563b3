/** A sheet that is empty but for its upper third and the number at its foot, which is bent: ink alone loses the foot. */

import { expect, test } from 'vitest';
import { xorshift32 } from '../format/xorshift.ts';
import { copyWarningPresets, copyWarningTile, tileSize } from '../paper/copy-warning.ts';
import type { Raster } from '../raster.ts';
import { layOver } from './lay-over.ts';

const [width, height, dpi] = [1654, 2339, 200];
/** Pixels of the photo along one of the sheet. */
const FINER = 1.5;
const foot = { left: 900, right: 1200, top: 2230, bottom: 2254 };

test('the foot of a bent sheet is laid by the dots of けん制文字', () => {
  const sealed = { width, height, dpi, bits: written() };
  const laid = layOver(sealed, photographed(sealed.bits));
  let [ink, tone] = [0, 0];
  for (let y = foot.top; y < foot.bottom; y++)
    for (let x = foot.left; x < foot.right; x++)
      if (sealed.bits[y * width + x]) {
        ink++;
        tone += laid?.tone.values[y * width + x] as number;
      }
  expect(tone / ink).toBeGreaterThan(0.6);
});

/** Letters of a few strokes each, the same every time. */
function written(): Uint8Array {
  const bits = new Uint8Array(width * height);
  const next = xorshift32(20_261_123);
  const below = (n: number) => next() % n;
  const letter = (left: number, top: number) => {
    for (let n = 0; n < 4; n++) {
      const [x, y] = [left + below(12), top + below(14)];
      const [wide, high] = below(2) === 0 ? [10 + below(8), 2] : [2, 10 + below(8)];
      for (let j = y; j < y + high; j++) bits.fill(1, j * width + x, j * width + x + wide);
    }
  };
  for (let y = 150; y < 800; y += 46) for (let x = 150; x < width - 180; x += 34) letter(x, y);
  for (let x = foot.left; x < foot.right - 30; x += 34) letter(x, foot.top);
  return bits;
}

/** Below the letters the sheet comes nearer and nearer, by a millimetre and a half in the end. */
function photographed(bits: Uint8Array): Raster {
  const tile = copyWarningTile(copyWarningPresets['low-gain']);
  const bend = (y: number) => 12 * (Math.max(0, y / height - 0.35) / 0.65) ** 2;
  const [w, h] = [Math.round((width + 60) * FINER), Math.round((height + 80) * FINER)];
  const data = new Uint8Array(w * h);
  for (let v = 0, at = 0; v < h; v++) {
    const seen = v / FINER - 30;
    const y = seen - bend(seen);
    for (let u = 0; u < w; u++, at++) {
      const x = u / FINER - 30;
      if (x < 0 || y < 0 || x >= width || y >= height) {
        data[at] = 60;
        continue;
      }
      const ink = bits[Math.floor(y) * width + Math.floor(x)] ? 1 : dotsAt(tile, x, y);
      data[at] = 225 * (1 - 0.8 * ink);
    }
  }
  return { width: w, height: h, data };
}

/** Share of four pixels of the tile around. */
function dotsAt(tile: Uint8Array, x: number, y: number): number {
  const [left, top] = [Math.floor(x * 3), Math.floor(y * 3)];
  let ink = 0;
  for (const j of [0, 1])
    for (const i of [0, 1])
      ink += tile[((top + j) % tileSize.height) * tileSize.width + ((left + i) % tileSize.width)] as number;
  return ink / 4;
}
