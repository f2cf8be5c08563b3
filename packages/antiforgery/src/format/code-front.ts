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

/** Takes the front as it is rastered at 200 dpi. */
export function codeFront({ width, height, data }: Raster): CodedFront {
  if (!isPictureSize(width, height)) throw new TreatmentRefusal('TOO_LARGE');
  assert.equal(data.length, width * height);
  const { bytes, at } = pictureRoom();
  bytes.set(data, at.pixels);
  for (const dpi of resolutionsDpi) {
    const coded = codeLoaded(width, height, dpi);
    if (coded) return coded;
  }
  throw new TreatmentRefusal('TOO_DENSE');
}

function codeLoaded(fullWidth: number, fullHeight: number, dpi: ResolutionDpi): CodedFront | undefined {
  const { run, at, bytes } = pictureRoom();
  const tenths = dpi / 20;
  const width = Math.ceil((fullWidth * tenths) / 10);
  const height = Math.ceil((fullHeight * tenths) / 10);
  if (tenths === 10) run.pack(at.pixels, width, height, inkBelow, at.picture);
  else run.packShrunk(at.pixels, fullWidth, fullHeight, tenths, inkBelow, at.sums, at.picture);
  const length = run.encode(at.picture, width, height, at.model, at.rates, at.bytes, ciphertextBytesMax);
  return length === 0 ? undefined : { dpi, width, height, bytes: bytes.slice(at.bytes, at.bytes + length) };
}
