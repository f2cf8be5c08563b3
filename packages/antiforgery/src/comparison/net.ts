/**
 * 見分けの網: small nets that were shown genuine fronts and changed ones, and say of each cell of 2 × 2 pixels how surely something is
 * different there. bench/forgeries/learn made their weights, docs/forgeries.md says from what. They began apart from each other, so that each had
 * an eye for something else, and then learned together what to say in the mean, which alone counts.
 */
import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Numbers of a cell: 2 × 2 of the sealed picture, 4 × 4 of the photo, 2 × 2 of the dots of けん制文字, each row by row. */
export const CELL_NUMBERS = 24;
/** Numbers of a cell after each layer. */
export const NET_WIDE = 16;

export interface Layer {
  readonly channels: number;
  /** Cells between the 3 × 3 places that are looked at. */
  readonly apart: number;
  /** 16 to begin with, then 16 for each place and channel. */
  readonly weights: Float32Array;
}

export interface Net {
  readonly layers: readonly Layer[];
  /** What a cell begins with, and what each of its 16 numbers adds. */
  readonly last: Float32Array;
  /** Cells around a place that have a say. */
  readonly edge: number;
}

/** Nets of the same layers, one after the other. */
export function netsOf(numbers: Float32Array, aparts: readonly number[]): Net[] {
  const length = aparts.reduce((sum, _, i) => sum + (9 * channelsOf(i) + 1) * NET_WIDE, 1 + NET_WIDE);
  assert(numbers.length > 0 && numbers.length % length === 0);
  return Array.from({ length: numbers.length / length }, (_, i) =>
    netOf(numbers.subarray(i * length, (i + 1) * length), aparts),
  );
}

const channelsOf = (layer: number) => (layer === 0 ? CELL_NUMBERS : NET_WIDE);

/** As they lie in the file, one layer after the other. */
function netOf(numbers: Float32Array, aparts: readonly number[]): Net {
  let from = 0;
  const take = (length: number) => {
    from += length;
    return numbers.subarray(from - length, from);
  };
  const layers = aparts.map((apart, i): Layer => {
    const channels = channelsOf(i);
    return { channels, apart, weights: take((9 * channels + 1) * NET_WIDE) };
  });
  const last = take(1 + NET_WIDE);
  return { layers, last, edge: aparts.reduce((sum, apart) => sum + apart, 0) };
}

let known: readonly Net[] | undefined;

export function netsOfChanges(): readonly Net[] {
  known ??= readNets();
  return known;
}

function readNets(): readonly Net[] {
  const place = (name: string) => new URL(`../../net/${name}`, import.meta.url);
  const { apart, sha256 } = JSON.parse(readFileSync(place('changes.json'), 'utf8'));
  const bytes = Uint8Array.from(readFileSync(place('changes.bin')));
  assert.equal(createHash('sha256').update(bytes).digest('hex'), sha256, 'other weights than those told of');
  return netsOf(new Float32Array(bytes.buffer), apart);
}
