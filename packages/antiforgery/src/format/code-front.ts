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

/** Takes the front as it is rastered at 200 dpi, and shrinks it until it fits. */
export function codeFront({ width, height, data }: Raster): CodedFront {
  load({ width, height, data });
  for (const dpi of resolutionsDpi) {
    // Letters that were rastered alike are shrunk to unlike ones: a small step saves nothing.
    if (dpi === 180) continue;
    const coded = codeLoaded(width, height, dpi);
    if (coded) return coded;
  }
  throw new TreatmentRefusal('TOO_DENSE');
}

/**
 * Takes the front as it is rastered at `dpi`; nothing when it does not fit. A dense page drawn anew at a lower resolution takes an
 * eighth less than the same page shrunk, and is the sharper for it.
 */
export function codeFrontAt(raster: Raster, dpi: ResolutionDpi): CodedFront | undefined {
  load(raster);
  const coded = codeLoaded(raster.width, raster.height, 200);
  return coded && { ...coded, dpi };
}

function load({ width, height, data }: Raster): void {
  if (!isPictureSize(width, height)) throw new TreatmentRefusal('TOO_LARGE');
  assert.equal(data.length, width * height);
  const { bytes, at } = pictureRoom();
  bytes.set(data, at.pixels);
}

/** What was loaded is at 200 dpi. */
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
