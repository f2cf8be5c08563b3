/**
 * 赤外線カメラ (infrared camera): black toner is carbon and absorbs, cyan, magenta and yellow let infrared through. So it sees the black plane alone, a
 * little soft and noisy as such cameras are.
 */
import type { Raster } from '@machikado/antiforgery';
import { chanceOf, noise, noiseMask } from './chance.ts';
import { BLACK_TONER, PAPER } from './print-page.ts';
import { blurred } from './sharp-plane.ts';

const SENSOR_NOISE = 3;
const SPREAD_PX = 0.8;

export async function underInfrared(black: Raster, seed: number): Promise<Raster> {
  const { width, height, data } = await blurred(black, SPREAD_PX);
  const chance = chanceOf(seed, 'camera');
  const out = new Uint8Array(data.length);
  let n = 0;
  for (let at = 0; at < out.length; at += 1) {
    n = ((at & 1023) === 0 ? chance.bits() : n + 1) & noiseMask;
    const light = BLACK_TONER + ((PAPER - BLACK_TONER) * (data[at] as number)) / 255;
    out[at] = Math.max(0, Math.min(255, light + (noise[n] as number) * SENSOR_NOISE));
  }
  return { width, height, data: out };
}
