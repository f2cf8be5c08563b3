/** PNG (ISO/IEC 15948) of one bit a dot, with its resolution written down, so that whoever prints it knows how large it is. */
import { deflateSync } from 'node:zlib';

export interface Bitmap {
  readonly width: number;
  readonly height: number;
  /** Row by row; true = ink. */
  readonly ink: (x: number, y: number) => boolean;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const METRE_IN_INCHES = 1 / 0.0254;

export function bilevelPng({ width, height, ink }: Bitmap, dpi: number): Buffer {
  const rowBytes = Math.ceil(width / 8);
  // Each row begins with its filter, 0 = none; a bit that is set is white.
  const rows = Buffer.alloc((rowBytes + 1) * height, 0xff);
  for (let y = 0; y < height; y += 1) {
    const row = y * (rowBytes + 1);
    rows[row] = 0;
    for (let x = 0; x < width; x += 1) {
      if (!ink(x, y)) continue;
      const at = row + 1 + (x >> 3);
      rows[at] = (rows[at] as number) & ~(0x80 >> (x & 7));
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const dotsPerMetre = Math.round(dpi * METRE_IN_INCHES);
  const physical = Buffer.alloc(9);
  physical.writeUInt32BE(dotsPerMetre, 0);
  physical.writeUInt32BE(dotsPerMetre, 4);
  physical[8] = 1;
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('pHYs', physical),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
