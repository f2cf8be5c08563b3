/**
 * A photocopy in black: the printed page is read from the glass, turned into dots and printed by another engine. What comes back is both what
 * that engine was told to print and the paper it printed.
 */
import type { Raster } from '@machikado/antiforgery';
import { averaged } from './average.ts';
import { chanceOf, noise, noiseMask } from './chance.ts';
import type { PrintParameters } from './channel-parameters.ts';
import { type CopierMode, type CopierTone, copierTones } from './copier-modes.ts';
import { diffuseError } from './error-diffusion.ts';
import { BLACK_TONER, PAPER, printPage } from './print-page.ts';
import { blurred } from './sharp-plane.ts';

/** The engine of an office copier that was serviced not long ago. */
export const copierEngine: PrintParameters = {
  spotPx: 0.8,
  gainPx: 0.3,
  edgeNoise: 0.1,
  tonerDensity: 0.93,
  speckSigma: 3,
  grain: 2,
  showThrough: 0,
  scale: 1,
};
const GLASS_SPREAD_PX = 1.4;
const GLASS_NOISE = 1.5;
const MASK_PX = 2;

export interface Photocopy {
  readonly page: Raster;
  readonly paper: Raster;
}

export async function photocopy(paper: Raster, mode: CopierMode, seed: number): Promise<Photocopy> {
  const page = await copyPage(paper, mode, seed);
  // Another stream of chance than that of the engine that printed the original.
  return { page, paper: await printPage(page, copierEngine, seed ^ 0x51ed270b) };
}

/** What the copier sees of a page on its glass. */
export async function readGlass(paper: Raster, seed: number, coarseness = 1): Promise<Raster> {
  const spread = await blurred(paper, GLASS_SPREAD_PX);
  const seen = coarseness === 1 ? spread : averaged(spread, coarseness);
  addNoise(seen, seed);
  return seen;
}

/** What the copier’s engine is told to print: ink or none. */
export async function copyPage(paper: Raster, mode: CopierMode, seed: number): Promise<Raster> {
  const tone = copierTones[mode];
  const seen = await readGlass(paper, seed, tone.coarseness);
  const sharp = tone.sharpening === 0 ? seen : sharpened(seen, await blurred(seen, MASK_PX), tone.sharpening);
  const dots = tone.white === tone.black ? cut(sharp, tone.white) : diffuseError(sharp, inkCurve(tone));
  return tone.coarseness === 1 ? dots : enlarged(dots, tone.coarseness, paper);
}

function addNoise({ data }: Raster, seed: number): void {
  const chance = chanceOf(seed, 'copier');
  let n = 0;
  for (let at = 0; at < data.length; at += 1) {
    n = ((at & 1023) === 0 ? chance.bits() : n + 1) & noiseMask;
    const value = (data[at] as number) + 0.5 + (noise[n] as number) * GLASS_NOISE;
    data[at] = value < 0 ? 0 : value > 255 ? 255 : value;
  }
}

function sharpened({ width, height, data }: Raster, soft: Raster, amount: number): Raster {
  const out = new Uint8Array(data.length);
  for (let at = 0; at < out.length; at += 1) {
    const value = data[at] as number;
    const crisp = value + amount * (value - (soft.data[at] as number));
    out[at] = crisp < 0 ? 0 : crisp > 255 ? 255 : crisp;
  }
  return { width, height, data: out };
}

const FULL_INK = (PAPER - BLACK_TONER) * copierEngine.tonerDensity;

function cut({ width, height, data }: Raster, share: number): Raster {
  const limit = PAPER - share * FULL_INK;
  return { width, height, data: data.map((value) => (value < limit ? 0 : 255)) };
}

function inkCurve({ white, black }: CopierTone): Float32Array {
  return Float32Array.from({ length: 256 }, (_, grey) => {
    const share = ((PAPER - grey) / FULL_INK - white) / (black - white);
    return Math.max(0, Math.min(1, share));
  });
}

function enlarged({ width, data }: Raster, times: number, size: Raster): Raster {
  const out = new Uint8Array(size.data.length).fill(255);
  const rows = Math.floor(size.height / times) * times;
  for (let y = 0; y < rows; y += 1) {
    const from = Math.floor(y / times) * width;
    for (let x = 0; x < width * times; x += 1) out[y * size.width + x] = data[from + Math.floor(x / times)] as number;
  }
  return { width: size.width, height: size.height, data: out };
}
