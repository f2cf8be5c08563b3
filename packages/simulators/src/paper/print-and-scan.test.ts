import type { Raster } from '@machikado/antiforgery';
import { expect, test } from 'vitest';
import { drawParameters, paperLevels, printAndScan, steadyChannel } from '../index.ts';
import { printPage } from './print-page.ts';
import { screenTones } from './screen-tones.ts';

/** A seventh of A4 each way keeps this quick; the channel only knows shares of the page. */
const page = checkered(708, 1002, 8);

test('the same seed gives the same picture, byte for byte, and another seed another one', async () => {
  const { damage, camera, print } = drawParameters('flatbed-poor', 7);
  const conditions = { damage, print, camera: { ...camera, dpi: 85 } };
  const shoot = (seed: number) => printAndScan({ page, front: page, conditions, seed });
  const [one, again, other] = await Promise.all([shoot(7), shoot(7), shoot(8)]);
  expect(Buffer.compare(again.jpeg, one.jpeg)).toBe(0);
  expect(again.parameters).toEqual(one.parameters);
  expect(Buffer.compare(other.jpeg, one.jpeg)).not.toBe(0);
});

test.each(paperLevels)('%s draws from its ranges, the same for the same seed', (level) => {
  const drawn = Array.from({ length: 50 }, (_, seed) => drawParameters(level, seed));
  expect(drawParameters(level, 11)).toEqual(drawn[11]);
  const densities = drawn.map(({ print }) => print.tonerDensity);
  expect(Math.min(...densities)).toBeGreaterThanOrEqual(level.endsWith('good') ? 0.88 : 0.65);
  expect(Math.max(...densities) - Math.min(...densities)).toBeGreaterThan(0.05);
  expect(drawn.every(({ damage }) => damage.folded === level.endsWith('poor'))).toBe(true);
  expect(drawn.every(({ camera }) => level.startsWith(camera.kind))).toBe(true);
});

test('a phone’s picture has the phone’s pixels, a scan those of the sheet', async () => {
  const phone = steadyChannel.phone;
  const smallPhone = { ...phone, camera: { ...phone.camera, megapixels: 8 as const } };
  const photo = await printAndScan({ page, conditions: smallPhone, seed: 3 });
  expect([photo.width, photo.height]).toEqual([2448, 3264]);
  const { camera, ...rest } = steadyChannel.flatbed;
  const scan = await printAndScan({ page, conditions: { ...rest, camera: { ...camera, dpi: 85 } }, seed: 3 });
  expect(scan.height / 85).toBeCloseTo(297 / 25.4, 1);
});

test('a dot grows with the gain and shrinks against it', async () => {
  const quiet = { ...steadyChannel.flatbed.print, edgeNoise: 0, grain: 0, speckSigma: Number.POSITIVE_INFINITY };
  const ink = async (gainPx: number) => mean(await printPage(page, { ...quiet, gainPx }, 1));
  expect(await ink(1.4)).toBeLessThan((await ink(0)) - 10);
  expect(await ink(-0.6)).toBeGreaterThan((await ink(0)) + 2);
});

test('greys become dots of the same mean; black and white stay', () => {
  const grey = { width: 64, height: 64, data: new Uint8Array(64 * 64).fill(160) };
  expect([...new Set(screenTones(grey).data)].sort()).toEqual([0, 255]);
  expect(Math.abs(mean(screenTones(grey)) - 160)).toBeLessThan(4);
  expect(Buffer.compare(screenTones(page).data, page.data)).toBe(0);
});

function checkered(width: number, height: number, cell: number): Raster {
  const data = Uint8Array.from({ length: width * height }, (_, at) => {
    const dark = Math.floor((at % width) / cell) + Math.floor(at / width / cell);
    return dark % 2 === 0 ? 0 : 255;
  });
  return { width, height, data };
}

function mean({ data }: Raster): number {
  return data.reduce((sum, value) => sum + value, 0) / data.length;
}
