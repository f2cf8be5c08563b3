/** The photo as the sealed picture lies: for each pixel of it the darkness that the photo shows there. */
import type { Raster } from '../raster.ts';
import { type Nodes, type SheetMesh, toPhoto } from './mesh.ts';
import { layStraight } from './pixel-loops.ts';
import type { Plane } from './plane.ts';
import { paperAt, type Sight } from './sight.ts';

export interface Straightened {
  readonly width: number;
  readonly height: number;
  /** Sealed pixels along one pixel of the result. */
  readonly perPixel: number;
  /** Of the photo and its halves the one with pixels so many times as fine, or nearly; 1 if nothing is said. */
  readonly finer?: number;
}

export function straighten(sight: Sight, mesh: SheetMesh, { width, height, perPixel, finer = 1 }: Straightened): Plane {
  const photoPixels = (pitchOf(mesh) * perPixel) / finer;
  const level = Math.min(sight.levels.length - 1, Math.max(0, Math.floor(Math.log2(photoPixels))));
  const scale = 2 ** level;
  const picture = sight.levels[level] as Raster;
  return layStraight({ picture, scale, nodes: litNodes(sight, mesh), width, height, perPixel });
}

/** Around the edge of the sheet the light is that of a step further in: what lies beside the sheet is no paper. */
function litNodes(sight: Sight, { step, columns, rows, places }: SheetMesh): Nodes {
  const values = new Float64Array(columns * rows * 3);
  const inward = (k: number, count: number) => Math.max(0, Math.min(count - 3, Math.max(1, k)));
  for (let j = 0, node = 0; j < rows; j++)
    for (let i = 0; i < columns; i++, node++) {
      const lit = inward(j, rows) * columns + inward(i, columns);
      const brightness = paperAt(sight, places[lit * 2] as number, places[lit * 2 + 1] as number);
      values.set([places[node * 2] as number, places[node * 2 + 1] as number, 1 / brightness], node * 3);
    }
  return { step, columns, rows, values };
}

/** Photo pixels along one sealed pixel, in the middle of the sheet. */
function pitchOf(mesh: SheetMesh): number {
  const [x, y] = [((mesh.columns - 1) * mesh.step) / 2, ((mesh.rows - 1) * mesh.step) / 2];
  const [a, b] = [toPhoto(mesh, x - mesh.step, y), toPhoto(mesh, x + mesh.step, y)];
  return Math.hypot(b.x - a.x, b.y - a.y) / (2 * mesh.step);
}
