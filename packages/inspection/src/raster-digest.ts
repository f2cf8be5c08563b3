/**
 * The digest of a page: of the picture that is printed, not of the file, so that center and kiosk can compare what they see
 * with what the issuing server saw. The method is part of what is hashed: a change of renderer, resolution or depth can
 * never pass for the same page.
 */
import { createHash } from 'node:crypto';
import type { Raster } from './page-reading.ts';

export const rasterDpi = 200;
export const rasterMethod = 'machikado-raster/v1 pdfium 200dpi grey8';

export function digestOfRaster({ width, height, data }: Raster): string {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  return createHash('sha256').update(`${rasterMethod}\0`).update(head).update(data).digest('hex');
}
