/** PNG (ISO/IEC 15948) for tests and the gallery: grey of one bit or eight a dot. */
import { deflateSync } from 'node:zlib';

/** True = ink; coordinates of the middle of a dot, from 0 to 1. */
export function bilevelPng(width: number, height: number, ink: (x: number, y: number) => boolean): Buffer {
  const bytes = Math.ceil(width / 8);
  // A bit that is set is white.
  const rows = Buffer.alloc(bytes * height, 0xff);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      if (!ink((x + 0.5) / width, (y + 0.5) / height)) continue;
      const at = y * bytes + (x >> 3);
      rows[at] = (rows[at] as number) & ~(0x80 >> (x & 7));
    }
  return png(width, height, 1, rows);
}

export interface Grey {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export function greyPng({ width, height, data }: Grey): Buffer {
  return png(width, height, 8, data);
}

function png(width: number, height: number, depth: 1 | 8, rows: Uint8Array): Buffer {
  const bytes = rows.length / height;
  const filtered = Buffer.alloc((bytes + 1) * height);
  for (let y = 0; y < height; y += 1) filtered.set(rows.subarray(y * bytes, (y + 1) * bytes), y * (bytes + 1) + 1);
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, depth, 0, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(filtered)), chunk('IEND')]);
}

function chunk(type: string, data = Buffer.alloc(0)): Buffer {
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
