/** The compiled picture coder with its memory; one in a thread. */
import { ciphertextBytesMax } from './framing.ts';
import { picturePixelsMax, pictureSideMax } from './picture-limits.ts';
import { openWasmRoom, type WasmRoom } from './wasm-room.ts';

/** How fast a context learns, by how often it was used: 65536 / (n + 1.6). */
export const learningRates = Int32Array.from({ length: 73 }, (_, n) => Math.floor(655_360 / (10 * n + 16)));

interface CoderModule {
  /** Of a packed picture. */
  bytesOf(width: number, height: number): number;
  clear(picture: number, width: number, height: number): void;
  pack(grey: number, width: number, height: number, threshold: number, picture: number): void;
  packShrunk(
    grey: number,
    width: number,
    height: number,
    tenths: number,
    threshold: number,
    sums: number,
    picture: number,
  ): void;
  unpack(picture: number, width: number, height: number, bits: number): void;
  encode(
    picture: number,
    width: number,
    height: number,
    model: number,
    rates: number,
    bytes: number,
    bytesMax: number,
  ): number;
  decode(
    bytes: number,
    length: number,
    picture: number,
    width: number,
    height: number,
    model: number,
    rates: number,
  ): number;
}

const areas = {
  rates: learningRates.byteLength,
  model: (65_536 + 4) * 4,
  /** Grey on the way in, one byte a pixel on the way out. */
  pixels: picturePixelsMax,
  sums: (pictureSideMax + 32) * 2,
  /** A row takes up to 24 bytes beside its pixels, and there are two more rows. */
  picture: (picturePixelsMax + 2 * pictureSideMax) / 8 + 24 * (pictureSideMax + 2),
  bytes: ciphertextBytesMax,
};

type PictureRoom = WasmRoom<CoderModule, keyof typeof areas>;
let room: PictureRoom | undefined;

export function pictureRoom(): PictureRoom {
  if (room) return room;
  room = openWasmRoom<CoderModule, keyof typeof areas>('coder', areas);
  room.bytes.set(new Uint8Array(learningRates.buffer), room.at.rates);
  return room;
}
