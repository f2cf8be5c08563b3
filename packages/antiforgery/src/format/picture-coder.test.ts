import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Raster } from '../raster.ts';
import { TreatmentRefusal } from '../treatment/treatment-refusal.ts';
import { codeFront, codeFrontAt, codePacked, packFront } from './code-front.ts';
import { decodePicture } from './decode-picture.ts';
import { ciphertextBytesMax } from './framing.ts';
import { picturePixelsMax, pictureSideMax } from './picture-limits.ts';
import { learningRates, pictureRoom } from './picture-room.ts';
import { inventedPage } from './testing/invented-pages.ts';
import * as slowly from './twin/picture-coder.ts';
import { xorshift32 } from './xorshift.ts';

/** Pages of any size with any amount of ink; sizes beside the words of 16 and 64 pixels among them. */
const pages = fc
  .record({
    width: fc.oneof(fc.integer({ min: 1, max: 150 }), fc.constantFrom(15, 16, 17, 63, 64, 65, 127, 128, 129)),
    height: fc.integer({ min: 1, max: 40 }),
    seed: fc.integer({ min: 1, max: 2 ** 31 }),
    ink: fc.constantFrom(0, 0.01, 0.2, 1),
  })
  .map(({ width, height, seed, ink }): Raster => {
    const next = xorshift32(seed);
    const data = Uint8Array.from({ length: width * height }, () => (next() < ink * 2 ** 32 ? next() & 255 : 255));
    return { width, height, data };
  });

describe('compiled and twin agree to the byte', () => {
  test('in coding and decoding', () => {
    fc.assert(
      fc.property(pages, (page) => {
        const picture = slowly.toBilevel(page, 10);
        const coded = codeFrontAt(page, 200)?.bytes ?? new Uint8Array();
        expect(coded).toEqual(slowly.encodePicture(picture));
        expect(decodePicture(coded, page.width, page.height)).toEqual(picture);
      }),
      { numRuns: 60 },
    );
  });

  test.each([9, 8, 7, 6])('in shrinking to %i tenths', (tenths) => {
    const { run, at, bytes } = pictureRoom();
    fc.assert(
      fc.property(pages, (page) => {
        bytes.set(page.data, at.pixels);
        run.packShrunk(at.pixels, page.width, page.height, tenths, 200, at.sums, at.picture);
        const expected = slowly.toBilevel(page, tenths);
        run.unpack(at.picture, expected.width, expected.height, at.pixels);
        const { length } = expected.bits;
        expect(bytes.slice(at.pixels, at.pixels + length)).toEqual(expected.bits);
      }),
      { numRuns: 25 },
    );
  });

  test('in drawing what no encoder wrote', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 60 }), pages, (bytes, { width, height }) => {
        const { picture, asked } = slowly.decodePicture(bytes, width, height);
        expect(decodePicture(bytes, width, height)).toEqual(asked === bytes.length + 3 ? picture : undefined);
      }),
      { numRuns: 40 },
    );
  });

  test('in how fast a context learns', () => {
    expect([...learningRates]).toEqual(Array.from({ length: 73 }, (_, n) => Math.floor(65_536 / (n + 1.6))));
  });
});

describe('the front', () => {
  test('is sealed at 200 dpi, to the pixel, when it fits', () => {
    const page = inventedPage({ signs: 900, em: 30, seed: 3 });
    const coded = codeFront(page);
    expect(coded.dpi).toBe(200);
    expect(coded.bytes.length).toBeLessThan(ciphertextBytesMax);
    expect(codePacked(packFront(page))).toEqual(coded);
    const { bits } = decodePicture(coded.bytes, page.width, page.height) ?? {};
    expect(bits?.every((bit, i) => bit === Number((page.data[i] as number) < 200))).toBe(true);
  });

  test('goes down to a coarser resolution when it does not', () => {
    const page = inventedPage({ signs: 4_600, em: 20, seed: 4 });
    expect(codePacked(packFront(page))).toBeUndefined();
    const coded = codeFront(page);
    expect(coded).toMatchObject({ dpi: 140, width: 1158, height: 1638 });
    expect(coded.bytes.length).toBeLessThanOrEqual(ciphertextBytesMax);
  });

  test('is refused as TOO_DENSE when it fits at none', () => {
    const next = xorshift32(5);
    const side = 1000;
    // Around the threshold, so that it does not even out when it is shrunk.
    const data = Uint8Array.from({ length: side ** 2 }, () => (next() & 128 ? 145 : 255));
    const noise = { width: side, height: side, data };
    expect(codeFrontAt(noise, 120)).toBeUndefined();
    expect(() => codeFront(noise)).toThrow(new TreatmentRefusal('TOO_DENSE'));
  });

  test.each([
    [pictureSideMax + 1, 10],
    [2_200, 2_100],
  ])('is refused as TOO_LARGE at %i × %i', (width, height) => {
    const page = { width, height, data: new Uint8Array(width * height) };
    expect(() => codeFront(page)).toThrow(new TreatmentRefusal('TOO_LARGE'));
  });

  test('may have the largest sizes, black and white', () => {
    for (const [width, height] of [
      [pictureSideMax, Math.floor(picturePixelsMax / pictureSideMax)],
      [Math.floor(picturePixelsMax / pictureSideMax), pictureSideMax],
    ] as const) {
      const page = { width, height, data: new Uint8Array(width * height).fill(0) };
      const coded = codeFront(page);
      expect(decodePicture(coded.bytes, width, height)?.bits.every((bit) => bit === 1)).toBe(true);
    }
  });
});

test('a picture of impossible size, or whose bytes do not end with it, is none', () => {
  const page = inventedPage({ signs: 50, em: 30, seed: 6 });
  const { bytes, width, height } = codeFront(page);
  expect(decodePicture(bytes, 0, height)).toBeUndefined();
  expect(decodePicture(bytes, width, 65_535)).toBeUndefined();
  expect(decodePicture(bytes, width, height - 900)).toBeUndefined();
  expect(decodePicture(bytes.subarray(0, -5), width, height)).toBeUndefined();
  expect(decodePicture(new Uint8Array(ciphertextBytesMax + 1), width, height)).toBeUndefined();
});
