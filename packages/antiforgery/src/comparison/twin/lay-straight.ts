/** Twin of the assembly: the photo's darkness as the sealed picture lies, place by place. */
import type { Nodes } from '../mesh.ts';
import type { Laying } from '../pixel-loops.ts';
import { emptyPlane, type Plane } from '../plane.ts';

export function layStraight({ picture, scale, nodes, width, height, perPixel }: Laying): Plane {
  const out = emptyPlane(width, height);
  for (let at = 0; at < out.values.length; at++) {
    const [x, y] = [((at % width) + 0.5) * perPixel, (Math.floor(at / width) + 0.5) * perPixel];
    const [u, v, light] = nodeAt(nodes, x / nodes.step, y / nodes.step);
    const grey = between(picture, u / scale - 0.5, v / scale - 0.5);
    if (grey !== undefined) out.values[at] = Math.max(-0.5, 1 - grey * light);
  }
  return out;
}

function nodeAt({ columns, rows, values }: Nodes, x: number, y: number): [number, number, number] {
  const i = Math.min(columns - 2, Math.floor(x));
  const j = Math.min(rows - 2, Math.floor(y));
  const node = (column: number, row: number, k: number) => values[(row * columns + column) * 3 + k] as number;
  const at = (k: number) => {
    const upper = node(i, j, k) + (node(i + 1, j, k) - node(i, j, k)) * (x - i);
    const lower = node(i, j + 1, k) + (node(i + 1, j + 1, k) - node(i, j + 1, k)) * (x - i);
    return upper + (lower - upper) * (y - j);
  };
  return [at(0), at(1), at(2)];
}

function between({ width, height, data }: Laying['picture'], u: number, v: number): number | undefined {
  if (u < 0 || v < 0 || u >= width - 1 || v >= height - 1) return undefined;
  const [i, j] = [Math.floor(u), Math.floor(v)];
  const grey = (x: number, y: number) => data[y * width + x] as number;
  const upper = grey(i, j) + (grey(i + 1, j) - grey(i, j)) * (u - i);
  const lower = grey(i, j + 1) + (grey(i + 1, j + 1) - grey(i, j + 1)) * (u - i);
  return upper + (lower - upper) * (v - j);
}
