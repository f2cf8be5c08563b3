/** One number a block of a picture, and straight lines between the middles of the blocks; level beyond the last. */
import type { Plane } from './plane.ts';

/** The numbers along line `y` of a picture whose blocks are `block` pixels wide and high, into `line`. */
export function alongBlocks(blocks: Plane, block: number, y: number, line: Float32Array): void {
  const columns = Float64Array.from({ length: blocks.width + 1 }, (_, column) =>
    heightOf(blocks, Math.min(blocks.width - 1, column), (y + 0.5) / block),
  );
  for (let x = 0; x < line.length; x++) {
    const u = Math.min(blocks.width - 1, Math.max(0, (x + 0.5) / block - 0.5));
    const i = Math.floor(u);
    const here = columns[i] as number;
    line[x] = here + ((columns[i + 1] as number) - here) * (u - i);
  }
}

/** At one place, counted in blocks. */
export function blockAt(blocks: Plane, x: number, y: number): number {
  const u = Math.min(blocks.width - 1, Math.max(0, x - 0.5));
  const i = Math.floor(u);
  const here = heightOf(blocks, i, y);
  return here + (heightOf(blocks, Math.min(blocks.width - 1, i + 1), y) - here) * (u - i);
}

function heightOf({ width, height, values }: Plane, column: number, v: number): number {
  const row = Math.min(height - 1, Math.max(0, v - 0.5));
  const j = Math.floor(row);
  const here = values[j * width + column] as number;
  const below = values[Math.min(height - 1, j + 1) * width + column] as number;
  return here + (below - here) * (row - j);
}
