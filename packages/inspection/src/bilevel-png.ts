/**
 * 印影 as it is stored: PNG (ISO/IEC 15948) of one bit a dot, grey or with a palette of two, not interlaced. Read here by the standard
 * alone, because what is compared with the paper must not come through the library that drew it.
 */
import { inflateSync } from 'node:zlib';

export interface Bilevel {
  readonly width: number;
  readonly height: number;
  /** Row by row; 1 = ink. */
  readonly ink: Uint8Array;
}

const SIGNATURE = '89504e470d0a1a0a';
const SIDE_MAX = 4000;
const GREY = 0;
const PALETTE = 3;

/** Nothing: it is no such picture. */
export function readBilevelPng(png: Uint8Array): Bilevel | undefined {
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  const chunks = readChunks(bytes);
  const [header, palette, data] = [chunks.get('IHDR'), chunks.get('PLTE'), chunks.get('IDAT')];
  if (header?.length !== 13 || !data) return undefined;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth, colour, , , interlace] = header.subarray(8);
  const sane = width > 0 && height > 0 && width <= SIDE_MAX && height <= SIDE_MAX;
  if (!sane || depth !== 1 || interlace !== 0 || (colour !== GREY && colour !== PALETTE)) return undefined;
  const dark = colour === GREY ? 0 : darkEntry(palette);
  if (dark === undefined) return undefined;
  const rowBytes = Math.ceil(width / 8);
  const rows = unfilter(inflateSync(data, { maxOutputLength: (rowBytes + 1) * height }), rowBytes, height);
  if (!rows) return undefined;
  const ink = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const bit = ((rows[y * rowBytes + (x >> 3)] as number) >> (7 - (x & 7))) & 1;
      ink[y * width + x] = bit === dark ? 1 : 0;
    }
  return { width, height, ink };
}

function readChunks(bytes: Buffer): Map<string, Buffer> {
  const chunks = new Map<string, Buffer>();
  if (bytes.subarray(0, 8).toString('hex') !== SIGNATURE) return chunks;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const data = bytes.subarray(at + 8, at + 8 + length);
    chunks.set(type, Buffer.concat([chunks.get(type) ?? Buffer.alloc(0), data]));
    at += length + 12;
  }
  return chunks;
}

/** Black and white, in either order. */
function darkEntry(palette: Buffer | undefined): 0 | 1 | undefined {
  return { '000000ffffff': 0 as const, ffffff000000: 1 as const }[palette?.toString('hex') ?? ''];
}

/** Each row begins with the filter that was used on it; a byte before it is the one to the left. */
function unfilter(packed: Buffer, rowBytes: number, height: number): Uint8Array | undefined {
  if (packed.length !== (rowBytes + 1) * height) return undefined;
  const rows = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y += 1) {
    const filter = packed[y * (rowBytes + 1)] as number;
    if (filter > 4) return undefined;
    for (let i = 0; i < rowBytes; i += 1) {
      const left = i > 0 ? (rows[y * rowBytes + i - 1] as number) : 0;
      const up = y > 0 ? (rows[(y - 1) * rowBytes + i] as number) : 0;
      const corner = i > 0 && y > 0 ? (rows[(y - 1) * rowBytes + i - 1] as number) : 0;
      const before = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] as number;
      rows[y * rowBytes + i] = (packed[y * (rowBytes + 1) + 1 + i] as number) + before;
    }
  }
  return rows;
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [up - corner, left - corner, left + up - 2 * corner].map(Math.abs) as [number, number, number];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
