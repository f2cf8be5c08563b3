/** Blurring and encoding by libvips, loaded when the first picture needs it: most programs that use simulators never do. */
import type { Raster } from '@machikado/antiforgery';
import type { Sharp } from 'sharp';

export async function openPlane({ width, height, data }: Raster): Promise<Sharp> {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  return sharp(data, { raw: { width, height, channels: 1 } });
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
