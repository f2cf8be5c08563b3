/**
 * Where each place of the sealed picture lies in the photo: a grid of nodes, straight lines between them. It is made better step by
 * step: what a step finds displaced moves the nodes.
 */
import type { Point } from '../format/geometry.ts';

export interface SheetMesh {
  /** Sealed pixels between two nodes. */
  readonly step: number;
  readonly columns: number;
  readonly rows: number;
  /** x and y of the photo by turns, row by row. */
  readonly places: Float64Array;
}

/** A mesh that tells the light as well: x, y and 1 / brightness of the paper by turns. */
export interface Nodes extends Omit<SheetMesh, 'places'> {
  readonly values: Float64Array;
}

export function meshFrom(
  width: number,
  height: number,
  step: number,
  toPhoto: (x: number, y: number) => Point,
): SheetMesh {
  const columns = Math.ceil(width / step) + 1;
  const rows = Math.ceil(height / step) + 1;
  const places = new Float64Array(columns * rows * 2);
  for (let j = 0; j < rows; j++)
    for (let i = 0; i < columns; i++) {
      const { x, y } = toPhoto(i * step, j * step);
      places[(j * columns + i) * 2] = x;
      places[(j * columns + i) * 2 + 1] = y;
    }
  return { step, columns, rows, places };
}

/** Beyond the grid its last lines go on. */
export function toPhoto({ step, columns, rows, places }: SheetMesh, x: number, y: number): Point {
  const [u, v] = [x / step, y / step];
  const i = Math.min(columns - 2, Math.max(0, Math.floor(u)));
  const j = Math.min(rows - 2, Math.max(0, Math.floor(v)));
  const a = u - i;
  const b = v - j;
  const at = (j * columns + i) * 2;
  const below = at + columns * 2;
  const [upper, lower] = [1 - b, b];
  return {
    x:
      ((places[at] as number) * (1 - a) + (places[at + 2] as number) * a) * upper +
      ((places[below] as number) * (1 - a) + (places[below + 2] as number) * a) * lower,
    y:
      ((places[at + 1] as number) * (1 - a) + (places[at + 3] as number) * a) * upper +
      ((places[below + 1] as number) * (1 - a) + (places[below + 3] as number) * a) * lower,
  };
}

/** What stands at p was found at p + displacement(p): there the photo is to be asked from now on. */
export function displaced(mesh: SheetMesh, displacement: (x: number, y: number) => Point): SheetMesh {
  const { step, columns, rows } = mesh;
  return meshFrom((columns - 1) * step, (rows - 1) * step, step, (x, y) => {
    const { x: dx, y: dy } = displacement(x, y);
    return toPhoto(mesh, x + dx, y + dy);
  });
}
