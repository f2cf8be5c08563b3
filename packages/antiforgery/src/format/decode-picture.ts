/** The picture again, to the bit. Ends for any bytes: it draws exactly as many pixels as the picture has. */
import type { Bilevel } from '../raster.ts';
import { ciphertextBytesMax } from './framing.ts';
import { isPictureSize } from './picture-limits.ts';
import { pictureRoom } from './picture-room.ts';

/** The decoder looks three bytes further than the encoder wrote. */
const LOOK_AHEAD_BYTES = 3;

/** Nothing when the bytes are not used up by the picture, neither more nor fewer. */
export function decodePicture(coded: Uint8Array, width: number, height: number): Bilevel | undefined {
  if (!isPictureSize(width, height) || coded.length > ciphertextBytesMax) return undefined;
  const { run, at, bytes } = pictureRoom();
  bytes.set(coded, at.bytes);
  run.clear(at.picture, width, height);
  const asked = run.decode(at.bytes, coded.length, at.picture, width, height, at.model, at.rates);
  if (asked !== coded.length + LOOK_AHEAD_BYTES) return undefined;
  run.unpack(at.picture, width, height, at.pixels);
  return { width, height, bits: bytes.slice(at.pixels, at.pixels + width * height) };
}
