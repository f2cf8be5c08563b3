/** Pictures for the answer, and the digest by which a report names the sealed one. */
import { createHash } from 'node:crypto';
import type { Bilevel, Raster } from '@machikado/antiforgery';
import type { ShownPicture } from '@machikado/protocol';
import sharp from 'sharp';
import { bilevelPng } from './bilevel-png.ts';

/** The overlay need not be finer than the sealed picture. */
const JPEG_QUALITY = 70;

export function inkPicture(picture: Bilevel): ShownPicture {
  const { width, height } = picture;
  const png = bilevelPng(width, height, packedRows(picture));
  return { type: 'image/png', base64: png.toString('base64'), width, height };
}

export async function greyPicture({ width, height, data }: Raster): Promise<ShownPicture> {
  const jpeg = await sharp(data, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .jpeg({ quality: JPEG_QUALITY })
    .toBuffer();
  return { type: 'image/jpeg', base64: jpeg.toString('base64'), width, height };
}

/** SHA-256 of the picture as PBM (P4): one file for one picture, whatever wrote the PNG. */
export function pictureDigest(picture: Bilevel): string {
  const { width, height } = picture;
  return createHash('sha256').update(`P4\n${width} ${height}\n`).update(packedRows(picture)).digest('hex');
}

function packedRows({ width, height, bits }: Bilevel): Uint8Array {
  const rowBytes = Math.ceil(width / 8);
  const packed = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = y * rowBytes + (x >> 3);
      if (bits[y * width + x] === 1) packed[at] = (packed[at] ?? 0) | (0x80 >> (x & 7));
    }
  return packed;
}
