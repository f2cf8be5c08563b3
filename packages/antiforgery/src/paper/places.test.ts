import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boxFromMm, matrixWithQuietZone, type PxBox, sheetPx, sheetWithout } from './places.ts';

const has = ({ x, y, width, height }: PxBox, atX: number, atY: number) =>
  atX >= x && atX < x + width && atY >= y && atY < y + height;

test('around the matrix lie four rectangles', () => {
  expect(sheetWithout([matrixWithQuietZone])).toEqual([
    { x: 0, y: 0, width: 4961, height: 332 },
    { x: 0, y: 332, width: 332, height: 5456 },
    { x: 4636, y: 332, width: 325, height: 5456 },
    { x: 0, y: 5788, width: 4961, height: 1228 },
  ]);
});

test('every pixel is either in one box or more, or in exactly one rectangle', () => {
  const side = fc.integer({ min: 1, max: 3000 });
  const box = fc.record({
    ...{ x: fc.integer({ min: -200, max: 5200 }), y: fc.integer({ min: -200, max: 7200 }) },
    ...{ width: side, height: side },
  });
  fc.assert(
    fc.property(
      fc.array(box, { maxLength: 6 }),
      fc.nat(sheetPx.width - 1),
      fc.nat(sheetPx.height - 1),
      (boxes, x, y) => {
        const covered = sheetWithout(boxes).filter((one) => has(one, x, y)).length;
        expect(covered).toBe(boxes.some((one) => has(one, x, y)) ? 0 : 1);
      },
    ),
    { numRuns: 300 },
  );
});

test('a box in millimetres takes every pixel that it touches', () => {
  expect(boxFromMm({ xMm: 25.4, yMm: 0.01, wMm: 25.4, hMm: 0.01 })).toEqual({ x: 600, y: 0, width: 600, height: 1 });
});
