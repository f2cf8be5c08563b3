/** Blurring and encoding by libvips, loaded when the first picture needs it: most programs that use simulators never do. */
import type { Raster } from '@machikado/antiforgery';
import type { Sharp } from 'sharp';
import { type ColourPlanes, interleaved, isColour } from './colour-planes.ts';

const openPlane = ({ width, height, data }: Raster): Promise<Sharp> => open(data, { width, height, channels: 1 });

const openColours = (planes: ColourPlanes): Promise<Sharp> =>
  open(interleaved(planes), { width: planes.red.width, height: planes.red.height, channels: 3 });

async function open(data: Uint8Array, raw: { width: number; height: number; channels: 1 | 3 }): Promise<Sharp> {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  return sharp(data, { raw });
}

/** sharp makes three channels of a grey picture unless it is told to stay in grey. */
async function readPlane(picture: Sharp): Promise<Raster> {
  const { data, info } = await picture.toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

/** Gaussian; below a third of a pixel nothing is seen of it. */
export async function blurred(plane: Raster, sigmaPx: number): Promise<Raster> {
  if (sigmaPx < 0.3) return plane;
  return readPlane((await openPlane(plane)).blur(sigmaPx));
}

/** With `sharpening` as a scanner’s or a phone’s program does it. */
export async function toJpeg(picture: Raster | ColourPlanes, quality: number, sharpening = 0): Promise<Uint8Array> {
  const open = isColour(picture) ? await openColours(picture) : (await openPlane(picture)).toColourspace('b-w');
  if (sharpening > 0) open.sharpen({ sigma: 1, m1: sharpening, m2: sharpening * 2 });
  return new Uint8Array(await open.jpeg({ quality }).toBuffer());
}
