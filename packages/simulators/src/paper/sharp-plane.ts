/** Blurring and encoding by libvips, loaded when the first picture needs it: most programs that use simulators never do. */
import type { Raster } from '@machikado/antiforgery';
import type { Sharp } from 'sharp';
import { type ColourPlanes, interleaved } from './colour-planes.ts';

export const openPlane = ({ width, height, data }: Raster): Promise<Sharp> =>
  open(data, { width, height, channels: 1 });

export const openColours = (planes: ColourPlanes): Promise<Sharp> =>
  open(interleaved(planes), { width: planes.red.width, height: planes.red.height, channels: 3 });

async function open(data: Uint8Array, raw: { width: number; height: number; channels: 1 | 3 }): Promise<Sharp> {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  return sharp(data, { raw });
}

/** Without the last words but one, a grey picture would come back in three channels. */
export async function readPlane(picture: Sharp): Promise<Raster> {
  const { data, info } = await picture.toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

/** Gaussian; below a third of a pixel nothing is seen of it. */
export async function blurred(plane: Raster, sigmaPx: number): Promise<Raster> {
  if (sigmaPx < 0.3) return plane;
  return readPlane((await openPlane(plane)).blur(sigmaPx));
}
