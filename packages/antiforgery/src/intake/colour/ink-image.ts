/** Images of red, green and blue in ink, pixel by pixel. */
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { type CleanObject, type CleanStream, plainOf } from '../clean-object.ts';
import { intakeLimits } from '../intake-limits.ts';
import { IntakeRefusal } from '../intake-refusal.ts';
import { isArray, Ref, type Value } from '../values.ts';
import { inkSpace } from './device-space.ts';
import { inkPixels } from './ink.ts';

export async function inkImage(image: CleanStream, objects: CleanObject[]): Promise<CleanStream> {
  const space = image.dict.get('ColorSpace');
  if (space === undefined) return image;
  const found = inkSpace(space, objects);
  if (found !== 'from RGB') return { ...image, dict: new Map(image.dict).set('ColorSpace', found.space) };
  const [width, height] = [image.dict.get('Width') as number, image.dict.get('Height') as number];
  const bits = image.dict.get('BitsPerComponent') as number;
  const jpeg = image.stored.filter === 'DCTDecode';
  const samples = jpeg ? await jpegSamples(image.stored.data, width, height) : plainOf(image);
  const dict = new Map(image.dict);
  const key = dict.get('Mask');
  if (isArray(key)) dict.set('Mask', stencil(samples, key as readonly number[], { width, height, bits }, objects));
  refuseMatte(dict.get('SMask'), objects);
  const pixels = inkSamples(samples, { width, height, bits: jpeg ? 8 : bits, decode: dict.get('Decode') });
  dict.delete('Decode');
  dict.set('ColorSpace', pixels.components === 1 ? 'DeviceGray' : 'DeviceCMYK').set('BitsPerComponent', 8);
  return { role: 'image', dict, stored: { data: deflateSync(pixels.bytes), filter: 'FlateDecode' } };
}

interface Samples {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly decode: Value | undefined;
}

export function inkSamples(
  samples: Uint8Array,
  { width, height, bits, decode }: Samples,
): ReturnType<typeof inkPixels> {
  const bytes = bits === 8 ? samples : bytesOf(samples, width * 3, height, bits);
  return inkPixels(decoded(bytes.subarray(0, width * height * 3), decode));
}

async function jpegSamples(data: Uint8Array, width: number, height: number): Promise<Uint8Array> {
  try {
    const { data: pixels, info } = await sharp(data, { limitInputPixels: intakeLimits.imagePixelsMax, failOn: 'error' })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    if (info.width === width && info.height === height && info.channels === 3) return pixels;
  } catch (cause) {
    throw new IntakeRefusal('BROKEN', 'a JPEG that does not open', { cause });
  }
  throw new IntakeRefusal('BROKEN', 'a JPEG of other pixels than the image');
}

/** Samples of any size, each row from a new byte on, as bytes. */
function bytesOf(samples: Uint8Array, perRow: number, rows: number, bits: number): Uint8Array {
  const out = new Uint8Array(perRow * rows);
  const rowBytes = Math.ceil((perRow * bits) / 8);
  const highest = 2 ** Math.min(bits, 8) - 1;
  for (let row = 0; row < rows; row += 1)
    for (let i = 0; i < perRow; i += 1)
      out[row * perRow + i] = Math.round((sampleAt(samples, row * rowBytes, i, bits) / highest) * 255);
  return out;
}

/** Of 16 bits the upper 8 are enough. */
function sampleAt(samples: Uint8Array, row: number, index: number, bits: number): number {
  if (bits >= 8) return samples[row + (index * bits) / 8] as number;
  const at = index * bits;
  return ((samples[row + (at >> 3)] as number) >> (8 - bits - (at & 7))) & (2 ** bits - 1);
}

function decoded(rgb: Uint8Array, decode: Value | undefined): Uint8Array {
  if (!isArray(decode)) return rgb;
  const ends = decode as readonly number[];
  if (ends.every((end, i) => end === i % 2)) return rgb;
  return rgb.map((sample, i) => {
    const [low, high] = [ends[2 * (i % 3)] as number, ends[2 * (i % 3) + 1] as number];
    return Math.round(Math.min(1, Math.max(0, low + (sample / 255) * (high - low))) * 255);
  });
}

/** Colours that are not painted (section 8.9.6.4), told pixel by pixel: they have other numbers now. */
function stencil(
  samples: Uint8Array,
  key: readonly number[],
  { width, height, bits }: { width: number; height: number; bits: number },
  objects: CleanObject[],
): Ref {
  if (bits !== 8 || key.length !== 6)
    throw new IntakeRefusal('UNSUPPORTED', 'colours that are left out, of an unusual size');
  const rowBytes = (width + 7) >> 3;
  const mask = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const at = 3 * (y * width + x);
      const out = [0, 1, 2].every((i) => {
        const sample = samples[at + i] as number;
        return sample >= (key[2 * i] as number) && sample <= (key[2 * i + 1] as number);
      });
      if (out) mask[y * rowBytes + (x >> 3)] = (mask[y * rowBytes + (x >> 3)] as number) | (0x80 >> (x & 7));
    }
  const dict = new Map<string, Value>([
    ...([
      ['Type', 'XObject'],
      ['Subtype', 'Image'],
      ['Width', width],
      ['Height', height],
    ] as const),
    ...([
      ['ImageMask', true],
      ['BitsPerComponent', 1],
    ] as const),
  ]);
  return new Ref(objects.push({ role: 'image', dict, stored: { data: deflateSync(mask), filter: 'FlateDecode' } }), 0);
}

function refuseMatte(mask: Value | undefined, objects: readonly CleanObject[]): void {
  const found = mask instanceof Ref ? (objects[mask.number - 1] as CleanStream) : undefined;
  if (found?.dict.has('Matte')) throw new IntakeRefusal('UNSUPPORTED', 'an image mixed with the colour of its edge');
}
