/** Nodes that were not seen, or lie far from where their neighbours put them, go there; all others move a little towards it. */
import { type MeshNode, nodes, tilesWide } from '../format/geometry.ts';
import { type Homography, pitchOf, project, stepsAt } from './homography.ts';
import { type Mesh, predictNode, SEEN } from './mesh.ts';

const STRAY_CELLS = 0.9;
const DOUBTED = 0.4;
const TOWARDS = 0.25;

/** In place. Neighbours are asked how far they lie from the flat sheet, so that perspective is not taken for a stray. */
export function straightenMesh(mesh: Mesh, flat: Homography): void {
  const places = nodes.map(({ x, y }) => project(flat, x, y));
  const off: Mesh = {
    x: mesh.x.map((x, index) => x - (places[index]?.x as number)),
    y: mesh.y.map((y, index) => y - (places[index]?.y as number)),
    likeness: mesh.likeness,
  };
  for (const smooth of [false, true]) for (const node of nodes) straightenNode(off, node, flat, smooth);
  for (const [index, { x, y }] of places.entries()) {
    mesh.x[index] = x + (off.x[index] as number);
    mesh.y[index] = y + (off.y[index] as number);
  }
}

function straightenNode(off: Mesh, { i, j, x, y }: MeshNode, flat: Homography, smooth: boolean): void {
  const expected = predictNode(off, i, j);
  if (!expected) return;
  const index = j * tilesWide + i;
  const [dx, dy] = [expected.x - (off.x[index] as number), expected.y - (off.y[index] as number)];
  const likeness = off.likeness[index] as number;
  const stray = Math.hypot(dx, dy) > STRAY_CELLS * pitchOf(stepsAt(flat, x, y));
  const part = stray || likeness <= SEEN ? 1 : smooth ? TOWARDS : 0;
  off.x[index] = (off.x[index] as number) + part * dx;
  off.y[index] = (off.y[index] as number) + part * dy;
  if (stray) off.likeness[index] = Math.min(likeness, DOUBTED);
}
