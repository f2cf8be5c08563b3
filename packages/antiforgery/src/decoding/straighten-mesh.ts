/** Nodes that were not seen, or lie far from where their neighbours put them, go there; all others move a little towards it. */
import { nodes } from '../format/geometry.ts';
import { type Mesh, predictNode, SEEN } from './mesh.ts';

const STRAY_CELLS = 0.9;
const DOUBTED = 0.4;
const TOWARDS = 0.25;

/** In place. `pitch` is pixels per cell. */
export function straightenMesh(mesh: Mesh, pitch: number): void {
  for (const smooth of [false, true])
    for (const [index, { i, j }] of nodes.entries()) {
      const place = predictNode(mesh, i, j);
      if (!place) continue;
      const [x, y] = [mesh.x[index] as number, mesh.y[index] as number];
      const likeness = mesh.likeness[index] as number;
      const stray = Math.hypot(x - place.x, y - place.y) > STRAY_CELLS * pitch;
      const part = stray || likeness <= SEEN ? 1 : smooth ? TOWARDS : 0;
      mesh.x[index] = x + part * (place.x - x);
      mesh.y[index] = y + part * (place.y - y);
      if (stray) mesh.likeness[index] = Math.min(likeness, DOUBTED);
    }
}
