import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  cellsHigh,
  cellsWide,
  dataCells,
  finders,
  headerCells,
  mainCells,
  nodes,
  packedBytes,
  pilotCells,
} from './geometry.ts';
import { cellType, layout } from './layout.ts';

const digest = ({ buffer, byteOffset, byteLength }: Uint8Array | Int32Array) =>
  createHash('sha256')
    .update(new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength))
    .digest('hex')
    .slice(0, 16);

describe('the tables of CS v1 never change', () => {
  const { type, val, perm, white } = layout();

  test.each([
    ['type', type, '88c9ecd8e0ef5838'],
    ['val', val, '1a5f2932e082c6c6'],
    ['perm, 32-bit little endian', perm, '8004b4cc5e96e85d'],
    ['white', white, 'a2544c005f8741b0'],
  ] as const)('%s', (_, table, expected) => {
    expect(digest(table)).toBe(expected);
  });

  test('sizes', () => {
    const count = (wanted: number) => type.reduce((n, each) => n + Number(each === wanted), 0);
    expect([cellsWide, cellsHigh, packedBytes]).toEqual([704, 896, 78_848]);
    expect(count(cellType.data)).toBe(dataCells);
    expect(headerCells + mainCells).toBe(570_577);
    expect(count(cellType.pilot)).toBe(pilotCells);
    expect(count(cellType.mark)).toBe(612 * 49);
    expect(count(cellType.finder)).toBe(4 * 1600);
    expect(nodes.filter(({ corner }) => !corner)).toHaveLength(612);
    expect(nodes[1]).toEqual({ i: 1, j: 0, x: 48.5, y: 16.5, corner: false });
    expect(finders).toEqual([
      { x: 20, y: 20 },
      { x: 684, y: 20 },
      { x: 20, y: 876 },
      { x: 684, y: 876 },
    ]);
  });

  test('every data cell is filled once', () => {
    const seen = new Uint8Array(type.length);
    for (const cell of perm) seen[cell] = (seen[cell] ?? 0) + 1;
    expect(seen.every((times, cell) => times === (type[cell] === cellType.data ? 1 : 0))).toBe(true);
  });

  test('is built once in a thread', () => {
    expect(layout()).toBe(layout());
  });
});
