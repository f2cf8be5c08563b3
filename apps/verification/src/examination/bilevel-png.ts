/** A picture of ink and paper as PNG (ISO/IEC 15948) of one bit a dot: what a library for colours looks for half a second to find out. */
import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** One bit, grey. */
const KIND = [1, 0, 0, 0, 0];

/** `rows`: 1 = ink, eight dots a byte, each row from a byte of its own. */
export function bilevelPng(width: number, height: number, rows: Uint8Array): Buffer {
  const rowBytes = Math.ceil(width / 8);
  // Each row begins with its filter, 0 = none; a bit that is set is white.
  const filtered = Buffer.alloc((rowBytes + 1) * height);
  for (let y = 0; y < height; y++)
    for (let i = 0; i < rowBytes; i++) filtered[y * (rowBytes + 1) + 1 + i] = ~(rows[y * rowBytes + i] as number);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set(KIND, 8);
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', deflateSync(filtered)), chunk('IEND')]);
}

function chunk(type: string, data = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
