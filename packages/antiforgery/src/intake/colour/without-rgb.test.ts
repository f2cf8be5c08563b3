import { inflateSync } from 'node:zlib';
import { onePagePdf, pdfStream, richPackedPdf, richPdf } from '@machikado/testkit';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { CleanPdf } from '../clean-pdf.ts';
import { IntakeRefusal } from '../intake-refusal.ts';
import { takeIn } from '../take-in.ts';
import { inkPixels, toCmyk } from './ink.ts';

interface Written {
  readonly entries: string;
  readonly data: Buffer;
}

async function inkOf(pdf: Uint8Array): Promise<Written[]> {
  return streamsOf(await takeIn(pdf).withoutRgb());
}

function streamsOf(clean: CleanPdf): Written[] {
  const found: Written[] = [];
  let last = 0;
  clean.copyInto({
    reserve: () => ++last,
    object: (_, number = 0) => number,
    stream: (entries, data, number = 0) => {
      const flate = entries.includes('/FlateDecode') && !entries.includes('/Subtype /Image /Matte');
      found.push({ entries, data: flate ? inflateSync(data) : Buffer.from(data) });
      return number;
    },
  });
  return found;
}

const content = (operators: string, resources = '') => onePagePdf(operators, { resources });
const operatorsOf = async (operators: string, resources?: string) =>
  (await inkOf(content(operators, resources)))[0]?.data.toString('latin1');

describe('a colour', () => {
  const part = fc.double({ min: 0, max: 1, noNaN: true });

  test('turns back into exactly the same red, green and blue as the file format has it', () => {
    fc.assert(
      fc.property(part, part, part, (r, g, b) => {
        const [c, m, y, k] = toCmyk(r, g, b);
        for (const [light, ink] of [
          [r, c],
          [g, m],
          [b, y],
        ] as const)
          expect(1 - Math.min(1, ink + k)).toBeCloseTo(light, 12);
        expect(Math.min(c, m, y)).toBeCloseTo(0, 12);
      }),
      { seed: 5, numRuns: 200 },
    );
  });

  test('that is grey is black ink alone, in one plane', () => {
    expect(inkPixels(Uint8Array.of(0, 0, 0, 128, 128, 128))).toEqual({ components: 1, bytes: Uint8Array.of(0, 128) });
    expect(inkPixels(Uint8Array.of(176, 0, 0, 9, 9, 9))).toEqual({
      components: 4,
      bytes: Uint8Array.of(0, 176, 176, 79, 0, 0, 0, 246),
    });
  });

  test.each([
    ['1 0 0 rg 0 0 9 9 re f', '0 1 1 0 k 0 0 9 9 re f'],
    ['0 0 0 rg 0.5 0.5 0.5 RG', '0 g 0.5 G'],
    ['0.7 0 0 rg', '0 0.7 0.7 0.3 k'],
    ['/DeviceRGB cs 0 0 1 sc 1 1 1 scn', '0 g 1 1 0 0 k 1 g'],
    ['q /DeviceRGB CS 0 1 0 SC Q 0.3 SC', 'q 0 G 1 0 1 0 K Q 0.3 SC'],
    ['0.2 g 0 0 0 1 k', '0.2 g 0 0 0 1 k'],
    ['/DeviceRGB cs q 0.2 g Q 0 0 1 sc', '0 g q 0.2 g Q 1 1 0 0 k'],
  ])('%s is written as %s', async (rgb, ink) => {
    expect(await operatorsOf(rgb)).toBe(ink);
  });

  test('in a calibrated grey or CMYK is one of the device', async () => {
    const spaces = '/ColorSpace << /G [/CalGray << /WhitePoint [0.95 1 1.09] >>] >>';
    const [page] = await inkOf(content('/G cs 0.4 sc', spaces));
    expect(page?.entries).toContain('/G /DeviceGray');
    expect(page?.data.toString('latin1')).toBe('/G cs 0.4 sc');
  });

  test('of three parts in a space that nobody told is refused', async () => {
    await expect(inkOf(content('0 0 1 sc'))).rejects.toMatchObject({ code: 'UNSUPPORTED' });
  });

  test('in Lab is refused', async () => {
    const spaces = '/ColorSpace << /L [/Lab << /WhitePoint [0.95 1 1.09] >>] >>';
    await expect(inkOf(content('/L cs 50 0 0 sc', spaces))).rejects.toBeInstanceOf(IntakeRefusal);
  });
});

describe('a document', () => {
  test.each([
    ['with a table', richPdf()],
    ['packed', richPackedPdf()],
  ])('%s has no red, green and blue left: not in content, images, palettes, shadings, masks, inks', async (_, pdf) => {
    const ink = await takeIn(pdf).withoutRgb();
    expect(Buffer.from(ink.toPdf()).toString('latin1')).not.toMatch(/RGB|ICCBased|CalGray/);
    for (const { data } of streamsOf(ink)) expect(data.toString('latin1')).not.toMatch(/\brg\b|\bRG\b|\/RGB/);
    const again = takeIn(ink.toPdf());
    expect(again.pages).toEqual(ink.pages);
  });

  test('without any keeps its contents to the byte', async () => {
    const black = content('0 g 0 0 9 9 re f 0 0 0 1 K');
    expect((await takeIn(black).withoutRgb()).toPdf()).not.toHaveLength(0);
    expect((await inkOf(black))[0]).toEqual(streamsOf(takeIn(black))[0]);
  });
});

describe('an image', () => {
  const image = (entries: string, data: Uint8Array) =>
    onePagePdf('/I Do', {
      resources: '/XObject << /I 7 0 R >>',
      objects: { 7: pdfStream(`/Subtype /Image /Width 2 /Height 1 ${entries}`, data) },
    });
  const pixelsOf = async (pdf: Uint8Array) => (await inkOf(pdf)).find(({ entries }) => entries.includes('/Width'));

  test('of colours is CMYK, pixel by pixel', async () => {
    const found = await pixelsOf(
      image('/BitsPerComponent 8 /ColorSpace /DeviceRGB', Uint8Array.of(255, 0, 0, 0, 0, 0)),
    );
    expect(found?.entries).toContain('/ColorSpace /DeviceCMYK');
    expect([...(found?.data ?? [])]).toEqual([0, 255, 255, 0, 0, 0, 0, 255]);
  });

  test.each([false, true])(
    'as a JPEG (progressive: %s) is opened, and left as it is when it is grey',
    async (progressive) => {
      const red = sharp({ create: { width: 16, height: 8, channels: 3, background: { r: 200, g: 0, b: 0 } } });
      const jpegOf = async (space: 'srgb' | 'b-w') =>
        onePagePdf('/I Do', {
          resources: '/XObject << /I 7 0 R >>',
          objects: {
            7: pdfStream(
              `/Subtype /Image /Width 16 /Height 8 /BitsPerComponent 8 /ColorSpace /Device${space === 'b-w' ? 'Gray' : 'RGB'} /Filter /DCTDecode`,
              await red.clone().toColourspace(space).jpeg({ progressive, quality: 100 }).toBuffer(),
            ),
          },
        });
      const [c = 255, m = 0, y = 0, k = 255] = (await pixelsOf(await jpegOf('srgb')))?.data ?? [];
      for (const [found, expected] of [
        [c, 0],
        [m, 200],
        [y, 200],
        [k, 55],
      ] as const)
        expect(Math.abs(found - expected)).toBeLessThan(6);
      const grey = await jpegOf('b-w');
      expect((await inkOf(grey))[1]).toEqual(streamsOf(takeIn(grey))[1]);
    },
  );

  test('of samples of four bits, the other way round', async () => {
    const found = await pixelsOf(
      image('/BitsPerComponent 4 /ColorSpace /DeviceRGB /Decode [1 0 1 0 1 0]', Uint8Array.of(0x0f, 0xf0, 0x00)),
    );
    expect([...(found?.data ?? [])]).toEqual([0, 255, 255, 0, 0, 0, 0, 0]);
    expect(found?.entries).not.toContain('/Decode [');
  });

  test('with a colour that is left out has a stencil instead', async () => {
    const found = await inkOf(
      image('/BitsPerComponent 8 /ColorSpace /DeviceRGB /Mask [250 255 0 5 0 5]', Uint8Array.of(255, 0, 0, 0, 0, 9)),
    );
    expect(found.find(({ entries }) => entries.includes('/ImageMask true'))?.data).toEqual(Buffer.of(0x80));
  });
});
