import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readBilevelPng } from './bilevel-png.ts';

const chunk = (type: string, data = Buffer.alloc(0)) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
};
const header = (width: number, height: number, depth = 1, colour = 0, interlace = 0) => {
  const bytes = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, depth, colour, 0, 0, interlace]);
  bytes.writeUInt32BE(width, 0);
  bytes.writeUInt32BE(height, 4);
  return chunk('IHDR', bytes);
};
const png = (...chunks: Buffer[]) => Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...chunks, chunk('IEND')]);
const data = (...rows: number[][]) => chunk('IDAT', deflateSync(Buffer.from(rows.flat())));
const drawn = (file: Buffer) => {
  const picture = readBilevelPng(file);
  return picture && [...picture.ink].join('').match(new RegExp(`.{${picture.width}}`, 'g'));
};

test('black is ink, in grey and with either palette', () => {
  const rows = data([0, 0b10100000], [0, 0b01000000]);
  expect(drawn(png(header(3, 2), rows))).toEqual(['010', '101']);
  const palette = (hex: string) => chunk('PLTE', Buffer.from(hex, 'hex'));
  expect(drawn(png(header(3, 2, 1, 3), palette('000000ffffff'), rows))).toEqual(['010', '101']);
  expect(drawn(png(header(3, 2, 1, 3), palette('ffffff000000'), rows))).toEqual(['101', '010']);
});

test('each of the five filters is undone', () => {
  const plain = [0b11001010, 0b11110000];
  const filtered = [
    [0, ...plain],
    [1, 0b11001010, 0b11110000 - 0b11001010],
    [2, 0, 0],
    [3, 0b11001010 - (0b11001010 >> 1), 0b11110000 - ((0b11001010 + 0b11110000) >> 1)],
    [4, 0, 0],
  ].map((row) => row.map((byte) => byte & 0xff));
  const same = '0011010100001111';
  expect(drawn(png(header(16, 5), data(...filtered)))).toEqual([same, same, same, same, same]);
});

test('whatever is not bilevel, interlaced, too large, cut off or no PNG at all is refused', () => {
  const rows = data([0, 0], [0, 0]);
  for (const strange of [
    png(header(3, 2, 8), rows),
    png(header(3, 2, 1, 2), rows),
    png(header(3, 2, 1, 3), rows),
    png(header(3, 2, 1, 0, 1), rows),
    png(header(3, 3), rows),
    png(header(5000, 1), rows),
    png(header(3, 2), data([9, 0], [0, 0])),
    png(header(3, 2)),
    Buffer.from('JFIF'),
  ])
    expect(readBilevelPng(strange)).toBeUndefined();
});
