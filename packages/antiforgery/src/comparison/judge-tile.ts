/** The nets over one tile, by the compiled module; one instance a thread. */
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
const LAYERS_MAX = 12;
const areas = {
  cells: CELLS_MAX * CELL_NUMBERS * FLOAT,
  one: CELLS_MAX * NET_WIDE * FLOAT,
  other: CELLS_MAX * NET_WIDE * FLOAT,
  weights: LAYERS_MAX * (9 * CELL_NUMBERS + 1) * NET_WIDE * FLOAT,
};

export interface TileJudge {
  /** Cells around a tile that have a say. */
  readonly edge: number;
  /** To be filled with the numbers of a tile and of the cells around it, cell by cell. */
  readonly cells: Float32Array;
  /** How surely each cell of the tile is different, the mean of the nets; above 0 it is likelier than not. */
  judge(): Float32Array;
}

/** `nets` see equally far. */
export function openTileJudge(nets: readonly Net[]): TileJudge {
  const edge = nets[0]?.edge ?? 0;
  const { run, at, bytes } = openWasmRoom<ChangesModule, keyof typeof areas>('changes', areas);
  assert(nets.every((net) => net.edge === edge) && edge <= EDGE_MAX);
  assert(nets.reduce((sum, { layers }) => sum + layers.length, 0) <= LAYERS_MAX);
  const floats = (from: number, length: number) => new Float32Array(bytes.buffer, from, length);
  let free = at.weights;
  const placed = (numbers: Float32Array) => {
    floats(free, numbers.length).set(numbers);
    free += numbers.byteLength;
    return free - numbers.byteLength;
  };
  const placedNets = nets.map(({ layers, last }) => ({
    steps: layers.map(({ channels, apart, weights }) => ({ channels, apart, weights: placed(weights) })),
    last: placed(last),
  }));
  return {
    edge,
    cells: floats(at.cells, (TILE + 2 * edge) ** 2 * CELL_NUMBERS),
    judge() {
      const mean = new Float32Array(TILE ** 2);
      for (const { steps, last } of placedNets) {
        let [from, to, other, side] = [at.cells, at.one, at.other, TILE + 2 * edge];
        for (const { channels, apart, weights } of steps) {
          run.layer(from, side, channels, weights, apart, to, side - 2 * apart);
          [from, to, other, side] = [to, other, to, side - 2 * apart];
        }
        run.last(from, last, to, TILE ** 2);
        const scores = floats(to, TILE ** 2);
        for (let cell = 0; cell < mean.length; cell++)
          mean[cell] = (mean[cell] as number) + (scores[cell] as number) / placedNets.length;
      }
      return mean;
    },
  };
}
