/** Twin of the assembly: the net over one tile, cell by cell. */
import { type Layer, NET_WIDE, type Net } from '../net.ts';

export function judgeTile({ layers, last, edge }: Net, tile: number, cells: Float32Array): Float32Array {
  let side = tile + 2 * edge;
  let now = cells;
  for (const layer of layers) {
    now = after(layer, now, side);
    side -= 2 * layer.apart;
  }
  return Float32Array.from({ length: tile ** 2 }, (_, cell) =>
    last.reduce((sum, weight, k) => sum + weight * (k === 0 ? 1 : (now[cell * NET_WIDE + k - 1] as number)), 0),
  );
}

function after({ channels, apart, weights }: Layer, from: Float32Array, fromSide: number): Float32Array {
  const side = fromSide - 2 * apart;
  const out = new Float32Array(side * side * NET_WIDE);
  for (let cell = 0; cell < side * side; cell++) {
    const [x, y] = [cell % side, Math.floor(cell / side)];
    const sums = Float64Array.from(weights.subarray(0, NET_WIDE));
    for (let k = 0; k < 9 * channels; k++) {
      const [place, channel] = [Math.floor(k / channels), k % channels];
      const beside = (y + Math.floor(place / 3) * apart) * fromSide + x + (place % 3) * apart;
      const value = from[beside * channels + channel] as number;
      for (let i = 0; i < NET_WIDE; i++)
        sums[i] = (sums[i] as number) + value * (weights[(k + 1) * NET_WIDE + i] as number);
    }
    out.set(
      sums.map((sum) => Math.max(0, sum)),
      cell * NET_WIDE,
    );
  }
  return out;
}
