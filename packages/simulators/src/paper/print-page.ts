/**
 * What an engine puts on paper: each dot of the page spreads, grows, gets ragged edges and uneven toner. The tone left by a spread edge is
 * cut where a dot grown by `gainPx` would end. In: ink and paper as 0 and 255; out: what the paper reflects, in grey levels.
 */
import type { Raster } from '@machikado/antiforgery';
import { chanceOf, noise, noiseMask } from './chance.ts';
import type { PrintParameters } from './channel-parameters.ts';
import { screenTones } from './screen-tones.ts';
import { blurred } from './sharp-plane.ts';

/** Grey of blank paper and of full toner. */
export const PAPER = 238;
export const BLACK_TONER = 28;
/** Levels over which an edge goes from paper to toner. */
const EDGE_SOFTNESS = 70;
/** An edge with its noise stays within these bounds. */
const LOWEST = -1024;
const HIGHEST = 1279;

export async function printPage(page: Raster, print: PrintParameters, seed: number): Promise<Raster> {
  const { width, height, data: spread } = await blurred(screenTones(page), print.spotPx);
  const { unit, bits } = chanceOf(seed, 'print');
  const inkAt = edgeTone(print);
  const edge = print.edgeNoise * 255;
  const ragged = edge * 1.2;
  const phase = unit() * 6;
  const raggedFrom = bits();
  const speckFrom = bits();
  const missing = print.speckSigma;
  const astray = -print.speckSigma - 0.35;
  const grain = print.grain * 2.2;
  const contrast = (PAPER - BLACK_TONER) * print.tonerDensity;
  const out = spread;
  let n = bits() & noiseMask;
  for (let y = 0; y < height; y += 1) {
    const row = y * width;
    const toner = contrast * banding(y, phase);
    const raggedRow = raggedFrom + (y >> 1) * 1013;
    const speckRow = speckFrom + (y >> 2) * 7919;
    if ((y & 7) === 0) n = (n + bits()) & noiseMask;
    for (let x = 0; x < width; x += 1) {
      n = (n + 1) & noiseMask;
      const spot = 255 - (spread[row + x] as number);
      let ink = 0;
      if (spot >= 3) {
        const wave = (noise[((x >> 1) * 57 + raggedRow) & noiseMask] as number) * ragged;
        ink = inkAt[(spot + (noise[n] as number) * edge + wave - LOWEST) | 0] as number;
      }
      const speck = noise[((x >> 2) * 131 + speckRow) & noiseMask] as number;
      if (speck > missing) ink *= 0.25;
      else if (speck < astray && ink < 0.7) ink = 0.7;
      const reflected = PAPER - toner * ink + (noise[(n * 7 + x) & noiseMask] as number) * grain;
      out[row + x] = reflected < 0 ? 0 : reflected > 255 ? 255 : reflected;
    }
  }
  return { width, height, data: out };
}

/** Ink from the spread tone, with room on both sides for noise. */
function edgeTone({ gainPx, spotPx }: PrintParameters): Float32Array {
  const edgeLevel = (255 / 2) * complementaryError(gainPx / 2 / (Math.SQRT2 * spotPx));
  return Float32Array.from({ length: HIGHEST - LOWEST }, (_, i) => {
    const t = Math.max(0, Math.min(1, (i + LOWEST - edgeLevel) / EDGE_SOFTNESS + 0.5));
    return t * t * (3 - 2 * t);
  });
}

/** Stripes across the page: the drum turns unevenly. */
function banding(y: number, phase: number): number {
  return 1 - 0.015 * Math.sin(y / 47 + phase) - 0.015 * Math.sin(y / 913 + phase * 2);
}

/** erfc after Abramowitz and Stegun 7.1.26. */
function complementaryError(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const poly = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  const tail = poly * Math.exp(-x * x);
  return x >= 0 ? tail : 2 - tail;
}
