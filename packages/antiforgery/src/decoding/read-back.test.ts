import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellsHigh, cellsWide, finders } from '../format/geometry.ts';
import type { Raster } from '../raster.ts';
import { decodeSheet } from './decode-sheet.ts';
import { locateFinders } from './locate-finders.ts';
import { PIXELS_MAX, type ReadHints, readBack, type SoftSheet } from './read-back.ts';
import { inventSheet } from './testing/invented-sheet.ts';
import { takeSnapshot } from './testing/snapshot.ts';

const sheet = inventSheet('a dense sheet');

const digest = (...parts: (Uint8Array | Float32Array)[]) => {
  const hash = createHash('sha256');
  for (const { buffer, byteOffset, byteLength } of parts) hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  return hash.digest('hex');
};
const exact = digest(sheet.header, sheet.ciphertext);

/** The digest of header and ciphertext, or the refusal. */
function read(photo: Raster, hints?: ReadHints) {
  const soft = readBack(photo, hints);
  return 'refused' in soft ? soft : decoded(soft);
}
function decoded(...soft: SoftSheet[]) {
  const answer = decodeSheet(soft);
  return 'refused' in answer ? answer : digest(answer.header, answer.ciphertext);
}
const softOf = (photo: Raster) => {
  const soft = readBack(photo);
  if ('refused' in soft) throw new Error(soft.refused);
  return soft;
};

const CORNER = 45;
const corner = (n: number) => ({
  x: n & 1 ? cellsWide - CORNER : 0,
  y: n & 2 ? cellsHigh - CORNER : 0,
  width: CORNER,
  height: CORNER,
});

describe('reads to the bit', () => {
  test('a photo taken aslant, and the same photo always alike', () => {
    const { photo, place } = takeSnapshot(sheet.cells, {
      pixelsPerCell: 1.7,
      turnDegrees: 4,
      slant: 0.08,
      blur: [1],
    });
    const found = locateFinders(photo);
    for (const { x, y } of finders) {
      const expected = place(x, y);
      const nearest = Math.min(...found.map((each) => Math.hypot(each.x - expected.x, each.y - expected.y)));
      expect(nearest).toBeLessThan(2);
    }
    const soft = softOf(photo);
    expect(soft).toMatchObject({ found: 4, pixelsPerCell: expect.closeTo(1.4, 0) });
    expect(decoded(soft)).toEqual(exact);
    expect(digest(softOf(photo).soft)).toBe(digest(soft.soft));
  });

  test('one that is upside down, with little more than a pixel a cell and two bullseyes covered', () => {
    const covered = [corner(0), corner(1)];
    const { photo } = takeSnapshot(sheet.cells, { pixelsPerCell: 1.3, turnDegrees: 179, covered });
    expect(read(photo)).toEqual(exact);
  });

  test('one with no bullseye in sight, once its corners are tapped, however clumsily and in whatever order', () => {
    const covered = [0, 1, 2, 3].map(corner);
    const { photo, place } = takeSnapshot(sheet.cells, { pixelsPerCell: 1.3, turnDegrees: 92, covered });
    expect(read(photo)).toEqual({ refused: 'NOT_FOUND', found: expect.any(Number) });
    const taps = [place(cellsWide + 12, 8), place(-14, -6), place(cellsWide - 9, cellsHigh + 11), place(10, cellsHigh)];
    expect(read(photo, { corners: taps as unknown as NonNullable<ReadHints['corners']> })).toEqual(exact);
  });

  test('two photos of which neither shows enough', () => {
    const half = { y: 0, width: cellsWide * 0.52, height: cellsHigh };
    const photos = [0, cellsWide * 0.48].map((x) =>
      softOf(takeSnapshot(sheet.cells, { pixelsPerCell: 1.3, covered: [{ ...half, x }] }).photo),
    );
    for (const photo of photos) expect(decoded(photo)).toEqual({ refused: 'TOO_DAMAGED' });
    expect(decoded(...photos)).toEqual(exact);
  });
});

describe('ends for any picture, with the very bytes or a refusal', () => {
  const plain = (width: number, height: number, light: (at: number) => number): Raster => ({
    width,
    height,
    data: Uint8Array.from({ length: width * height }, (_, at) => light(at)),
  });
  const refused = { refused: expect.stringMatching(/^(NOT_FOUND|TOO_DAMAGED)$/), found: expect.any(Number) };

  test.each([
    ['one pixel', plain(1, 1, () => 0)],
    ['a thread', plain(1, 10_000, (at) => at % 256)],
    ['white paper', plain(900, 1200, () => 255)],
    ['black', plain(800, 800, () => 0)],
    [
      'bullseyes everywhere',
      plain(1200, 900, (at) => (Math.hypot((at % 120) - 60, ((at / 1200) % 120) - 60) % 24 < 12 ? 0 : 255)),
    ],
  ])('%s is no back', (_, photo) => {
    expect(read(photo)).toEqual(refused);
  });

  test('a picture of more pixels than are looked at is refused at once', () => {
    const side = Math.sqrt(PIXELS_MAX) + 1;
    expect(read({ width: side, height: side, data: new Uint8Array(side * side) })).toEqual({
      refused: 'NOT_FOUND',
      found: 0,
    });
  });

  test('cells of nobody’s are no back either', () => {
    const nobody = Uint8Array.from(sheet.cells, (byte, at) => byte ^ (at * 151) ^ (at >> 3));
    expect(read(takeSnapshot(nobody, { pixelsPerCell: 1.1 }).photo)).toEqual(refused);
  });

  test('parts of a back torn out, turned and put elsewhere', () => {
    const { photo } = takeSnapshot(sheet.cells, { pixelsPerCell: 1.1 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(share, share, share, share), { maxLength: 3 }), (moves) => {
        const data = photo.data.slice();
        for (const [from, to, size] of moves) {
          const count = Math.floor((size * data.length) / 2);
          data.copyWithin(Math.floor(to * (data.length - count)), Math.floor(from * (data.length - count)), count);
        }
        const answer = read({ ...photo, data });
        if (typeof answer === 'string') expect(answer).toEqual(exact);
      }),
      { numRuns: 3, seed: 20_251_122 },
    );
  });
});
