import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { drawImprint, IMPRINT_DPI, type SealDesign, sizeInDots, sizeInMm } from './draw-imprint.ts';

const design: SealDesign = { letters: '見本', widthMm: 15, heightMm: 15, hand: 'one' };

/** Read by the standard alone: what is where in the file. */
function decode(png: Buffer) {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12)
    chunks.set(png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  const header = chunks.get('IHDR') as Buffer;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const rows = inflateSync(chunks.get('IDAT') as Buffer);
  const rowBytes = Math.ceil(width / 8) + 1;
  const ink = (x: number, y: number) => !((rows[y * rowBytes + 1 + (x >> 3)] as number) & (0x80 >> (x & 7)));
  return { width, height, depth: header[8], colour: header[9], physical: chunks.get('pHYs') as Buffer, ink };
}

test('is bilevel, of 600 dpi, and says so', () => {
  const { depth, colour, physical } = decode(drawImprint(design));
  expect([depth, colour]).toEqual([1, 0]);
  expect([physical.readUInt32BE(0), physical.readUInt32BE(4), physical[8]]).toEqual([23622, 23622, 1]);
  expect(IMPRINT_DPI).toBe(600);
});

test.each([
  [8.1, 8.1],
  [12, 16.5],
  [18, 18],
  [25, 25],
])('the ink of a seal of %d × %d mm is as wide and as high as it says, to a twentieth of a millimetre', (w, h) => {
  const { width, height, ink } = decode(drawImprint({ ...design, widthMm: w, heightMm: h }));
  const columns = Array.from({ length: width }, (_, x) => x).filter((x) =>
    Array.from({ length: height }, (_, y) => y).some((y) => ink(x, y)),
  );
  const rows = Array.from({ length: height }, (_, y) => y).filter((y) =>
    Array.from({ length: width }, (_, x) => x).some((x) => ink(x, y)),
  );
  const inMm = (dots: readonly number[]) => (((dots.at(-1) as number) - (dots[0] as number) + 1) / 600) * 25.4;
  expect(Math.abs(inMm(columns) - w)).toBeLessThan(0.05);
  expect(Math.abs(inMm(rows) - h)).toBeLessThan(0.05);
  expect(Math.abs(sizeInMm(sizeInDots(w)) - w)).toBeLessThan(0.05);
});

test('the same seal is the same picture; two people of one surname have two', () => {
  expect(drawImprint(design).equals(drawImprint({ ...design }))).toBe(true);
  expect(drawImprint(design).equals(drawImprint({ ...design, hand: 'two' }))).toBe(false);
  expect(drawImprint(design).equals(drawImprint({ ...design, letters: '試験' }))).toBe(false);
});
