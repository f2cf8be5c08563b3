/** The net over one tile, by the compiled module; one instance a thread. */
import { strict as assert } from 'node:assert';
import { openWasmRoom } from '../format/wasm-room.ts';
import { CELL_NUMBERS, NET_WIDE, type Net } from './net.ts';

/** Cells along a tile. */
export const TILE = 48;

interface ChangesModule {
  layer(
    from: number,
    fromSide: number,
    channels: number,
    weights: number,
    apart: number,
    to: number,
    side: number,
  ): void;
  last(from: number, weights: number, to: number, cells: number): void;
}

const FLOAT = Float32Array.BYTES_PER_ELEMENT;
const EDGE_MAX = 8;
const CELLS_MAX = (TILE + 2 * EDGE_MAX) ** 2;
const LAYERS_MAX = 6;
const areas = {
  one: CELLS_MAX * CELL_NUMBERS * FLOAT,
  other: CELLS_MAX * NET_WIDE * FLOAT,
  weights: LAYERS_MAX * (9 * CELL_NUMBERS + 1) * NET_WIDE * FLOAT,
};

export interface TileJudge {
  /** To be filled with the numbers of a tile and of the cells around it, cell by cell. */
  readonly cells: Float32Array;
  /** How surely each cell of the tile is different: above 0 it is likelier than not. Lasts until the next. */
  judge(): Float32Array;
}

export function openTileJudge({ layers, last, edge }: Net): TileJudge {
  const { run, at, bytes } = openWasmRoom<ChangesModule, keyof typeof areas>('changes', areas);
  assert(edge <= EDGE_MAX && layers.length <= LAYERS_MAX);
  const floats = (from: number, length: number) => new Float32Array(bytes.buffer, from, length);
  let free = at.weights;
  const placed = (numbers: Float32Array) => {
    floats(free, numbers.length).set(numbers);
    free += numbers.byteLength;
    return free - numbers.byteLength;
  };
  const steps = layers.map(({ channels, apart, weights }) => ({ channels, apart, weights: placed(weights) }));
  const lastWeights = placed(last);
  return {
    cells: floats(at.one, (TILE + 2 * edge) ** 2 * CELL_NUMBERS),
    judge() {
      let [from, to, side] = [at.one, at.other, TILE + 2 * edge];
      for (const { channels, apart, weights } of steps) {
        run.layer(from, side, channels, weights, apart, to, side - 2 * apart);
        [from, to, side] = [to, from, side - 2 * apart];
      }
      run.last(from, lastWeights, to, TILE ** 2);
      return floats(to, TILE ** 2);
    },
  };
}
