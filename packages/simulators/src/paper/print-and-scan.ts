/**
 * The way of a certificate through the world: printed, carried about, scanned or photographed. One seed decides everything: the same page,
 * parameters and seed give the same file, byte for byte.
 */
import type { Raster } from '@machikado/antiforgery';
import type { ChannelParameters } from './channel-parameters.ts';
import { damagePage } from './damage.ts';
import { drawParameters, type PaperLevel } from './paper-levels.ts';
import { printPage } from './print-page.ts';
import { openPlane } from './sharp-plane.ts';
import { showThrough } from './show-through.ts';
import { takePicture } from './take-picture.ts';

export interface ScanTrial {
  /** A4 at 600 dpi (4961 × 7016), ink and paper as 0 and 255; greys are screened by the printer. */
  readonly page: Raster;
  /** What is printed on the other side, at any resolution. */
  readonly front?: Raster;
  readonly seed: number;
  /** A level draws its parameters from the seed. */
  readonly conditions: PaperLevel | ChannelParameters;
}

export interface ScanResult {
  readonly jpeg: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly parameters: ChannelParameters;
}

export async function printAndScan({ page, front, seed, conditions }: ScanTrial): Promise<ScanResult> {
  const parameters = typeof conditions === 'string' ? drawParameters(conditions, seed) : conditions;
  const { print, damage, camera } = parameters;
  const paper = await printPage(page, print, seed);
  if (front) showThrough(paper, front, print.showThrough);
  damagePage(paper, damage, seed);
  const picture = await takePicture(paper, camera, print.scale, seed);
  return { ...(await developed(picture, camera)), width: picture.width, height: picture.height, parameters };
}

async function developed(picture: Raster, { sharpening, jpegQuality }: ChannelParameters['camera']) {
  const plane = (await openPlane(picture)).toColourspace('b-w');
  if (sharpening > 0) plane.sharpen({ sigma: 1, m1: sharpening, m2: sharpening * 2 });
  return { jpeg: new Uint8Array(await plane.jpeg({ quality: jpegQuality }).toBuffer()) };
}
