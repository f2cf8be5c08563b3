/**
 * What the reader of a photo hands over: for each data cell, in the order in which they are filled, the logarithm of how much likelier
 * its bit is 0 than 1. Several photos of one back are added up.
 */
import { strict as assert } from 'node:assert';
import { cellCount, dataCells } from './geometry.ts';
import { layout } from './layout.ts';

export type SoftBits = Float32Array;

/** From cells as they lie on paper: positive where white is likelier. */
export function softBitsOf(cells: Float32Array): SoftBits {
  assert.equal(cells.length, cellCount);
  const { perm, white } = layout();
  const bits = new Float32Array(dataCells);
  for (let n = 0; n < dataCells; n++) {
    const soft = cells[perm[n] as number] as number;
    bits[n] = white[n] === 1 ? -soft : soft;
  }
  return bits;
}

export function addSoftBits(several: readonly SoftBits[]): SoftBits {
  const sum = new Float32Array(dataCells);
  for (const bits of several) for (let n = 0; n < dataCells; n++) sum[n] = (sum[n] as number) + (bits[n] as number);
  return sum;
}
