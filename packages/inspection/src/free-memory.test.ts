import { expect, test } from 'vitest';
import { freeMemory } from './free-memory.ts';

test('memory of pictures is given back at once', () => {
  const pictures = [1, 2].map(() => new Uint8Array(100 * 100));
  freeMemory(pictures);
  expect(pictures.map(({ buffer }) => buffer.byteLength)).toEqual([0, 0]);
});
