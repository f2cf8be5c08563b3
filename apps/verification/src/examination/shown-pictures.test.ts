import sharp from 'sharp';
import { expect, test } from 'vitest';
import { inkPicture, pictureDigest } from './shown-pictures.ts';

test('the picture that is shown is the sealed one, to the dot, and small', async () => {
  // A row ends within a byte.
  const [width, height] = [1003, 400];
  const bits = Uint8Array.from({ length: width * height }, (_, i) => Number((i * 7919) % 101 < 20));
  const { base64, ...said } = inkPicture({ width, height, bits });
  expect(said).toEqual({ type: 'image/png', width, height });
  const png = Buffer.from(base64, 'base64');
  expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width, height });
  const dots = await sharp(png).toColourspace('b-w').raw().toBuffer();
  expect(dots.equals(Buffer.from(bits.map((bit) => 255 * (1 - bit))))).toBe(true);
  expect(png.length).toBeLessThan((width * height) / 8);
});

test('the digest is that of the picture as PBM', () => {
  const bits = Uint8Array.of(1, 0, 1, 0, 1, 0, 1, 0, 1, 1);
  // printf 'P4\n5 2\n\xa8\x58' | sha256sum
  expect(pictureDigest({ width: 5, height: 2, bits })).toBe(
    '62edc3df370f40a0d532d645a2a73fee9ef5efb3ece2e8fe3f717081b7640461',
  );
});
