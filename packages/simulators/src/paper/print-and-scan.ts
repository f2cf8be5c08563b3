/**
 * The way of a certificate through the world: printed, carried about, scanned or photographed. One seed decides everything: the same page,
 * parameters and seed give the same file, byte for byte.
 */
import type { Raster } from '@machikado/antiforgery';
import type { ChannelParameters } from './channel-parameters.ts';
import { type ColourPlanes, isColour } from './colour-planes.ts';
import { damagePage } from './damage.ts';
import { drawParameters, type PaperLevel } from './paper-levels.ts';
import { printPage } from './print-page.ts';
import { toJpeg } from './sharp-plane.ts';
import { showThrough } from './show-through.ts';
import { takePicture } from './take-picture.ts';

export interface ScanTrial {
  /** A4 at 600 dpi (4961 × 7016), ink and paper as 0 and 255; greys are screened by the printer. In colour it takes three times as long. */
  readonly page: Raster | ColourPlanes;
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
  // The same chance for each plane: dirt is grey, and edges do not come apart.
  const pictureOf = (plane: Raster) => picturePlane(plane, front, parameters, seed);
  const picture = isColour(page)
    ? {
        red: await pictureOf(page.red),
        green: await pictureOf(page.green),
        blue: await pictureOf(page.blue),
      }
    : await pictureOf(page);
  const { jpegQuality, sharpening } = parameters.camera;
  const { width, height } = isColour(picture) ? picture.red : picture;
  return { jpeg: await toJpeg(picture, jpegQuality, sharpening), width, height, parameters };
}

async function picturePlane(
  plane: Raster,
  front: Raster | undefined,
  { print, damage, camera }: ChannelParameters,
  seed: number,
): Promise<Raster> {
  const paper = await printPage(plane, print, seed);
  if (front) showThrough(paper, front, print.showThrough);
  damagePage(paper, damage, seed);
  return takePicture(paper, camera, print.scale, seed);
}
