/** The front of a sheet in black and white, coded without loss, at the finest resolution at which it fits on the back. */
import { strict as assert } from 'node:assert';
import type { Raster } from '../raster.ts';
import { TreatmentRefusal } from '../treatment/treatment-refusal.ts';
import { ciphertextBytesMax } from './framing.ts';
import { isPictureSize, type ResolutionDpi, resolutionsDpi } from './picture-limits.ts';
import { pictureRoom } from './picture-room.ts';

/** Darker than this is ink. Lower ones were seen to lose the thin horizontals of 明朝: 三 became 二. */
export const inkBelow = 200;

export interface CodedFront {
  readonly dpi: ResolutionDpi;
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}

/** A front at 200 dpi in black and white, eight pixels a byte as the coder wants them: what goes to another thread in place of a raster. */
export interface PackedFront {
  readonly width: number;
  readonly height: number;
  readonly bits: Uint8Array;
}

/** Takes the front as it is rastered at 200 dpi, and shrinks it until it fits. */
export function codeFront(raster: Raster): CodedFront {
  return codeFrontAt(raster, 200) ?? codeShrunk(raster);
}

/** For a front that does not fit at 200 dpi. */
export function codeShrunk(raster: Raster): CodedFront {
  load(raster);
  const { run, at } = pictureRoom();
  for (const dpi of resolutionsDpi) {
    // Letters that were rastered alike are shrunk to unlike ones: a small step saves nothing.
    if (dpi >= 180) continue;
    const tenths = dpi / 20;
    run.packShrunk(at.pixels, raster.width, raster.height, tenths, inkBelow, at.sums, at.picture);
    const [width, height] = [raster.width, raster.height].map((side) => Math.ceil((side * tenths) / 10)) as [
      number,
      number,
    ];
    const coded = codeLoaded({ width, height, dpi });
    if (coded) return coded;
  }
  throw new TreatmentRefusal('TOO_DENSE');
}

/**
 * Takes the front as it is rastered at `dpi`; nothing when it does not fit. A dense page drawn anew at a lower resolution takes an
 * eighth less than the same page shrunk, and is the sharper for it.
 */
export function codeFrontAt(raster: Raster, dpi: ResolutionDpi): CodedFront | undefined {
  pack(raster);
  return codeLoaded({ width: raster.width, height: raster.height, dpi });
}

/** Keeps nothing of the raster, which may therefore lie in the memory of the program that drew it. */
export function packFront(raster: Raster): PackedFront {
  pack(raster);
  const { at, bytes } = pictureRoom();
  const { width, height } = raster;
  return { width, height, bits: bytes.slice(at.picture, at.picture + packedBytes(width, height)) };
}

/** Nothing when it does not fit. */
export function codePacked({ width, height, bits }: PackedFront): CodedFront | undefined {
  assert.equal(bits.length, packedBytes(width, height));
  const { at, bytes } = pictureRoom();
  bytes.set(bits, at.picture);
  return codeLoaded({ width, height, dpi: 200 });
}

function packedBytes(width: number, height: number): number {
  if (!isPictureSize(width, height)) throw new TreatmentRefusal('TOO_LARGE');
  return pictureRoom().run.bytesOf(width, height);
}

function pack(raster: Raster): void {
  load(raster);
  const { run, at } = pictureRoom();
  run.pack(at.pixels, raster.width, raster.height, inkBelow, at.picture);
}

function load({ width, height, data }: Raster): void {
  if (!isPictureSize(width, height)) throw new TreatmentRefusal('TOO_LARGE');
  assert.equal(data.length, width * height);
  const { bytes, at } = pictureRoom();
  bytes.set(data, at.pixels);
}

/** What lies in the room, packed. */
function codeLoaded(picture: Omit<CodedFront, 'bytes'>): CodedFront | undefined {
  const { run, at, bytes } = pictureRoom();
  const { width, height } = picture;
  const length = run.encode(at.picture, width, height, at.model, at.rates, at.bytes, ciphertextBytesMax);
  return length === 0 ? undefined : { ...picture, bytes: bytes.slice(at.bytes, at.bytes + length) };
}
