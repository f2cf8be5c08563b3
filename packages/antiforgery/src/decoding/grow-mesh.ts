/** The mesh grows from its seeds from mark to mark, the clearest first; where no mark is seen it goes on by what its neighbours say. */
import { type MeshNode, nodes, type Point, tileCells, tilesHigh, tilesWide } from '../format/geometry.ts';
import type { Raster } from '../raster.ts';
import { project, type Steps, walk } from './homography.ts';
import { searchMark } from './mark-search.ts';
import { emptyMesh, type Mesh, predictNode } from './mesh.ts';
import type { Seed, Start } from './start.ts';

interface Pending extends Seed {
  readonly priority: number;
}

const CLEAR = 0.55;
const CORNER_LIKENESS = 0.9;
const NEIGHBOURS = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const;

export function growMesh(photo: Raster, start: Start): Mesh {
  const mesh = emptyMesh();
  const done = new Uint8Array(nodes.length);
  placeCorners(mesh, done, start);
  const pending: Pending[] = start.seeds.map((seed) => ({ ...seed, reach: seed.reach + 1, priority: 1 }));
  while (pending.length > 0) {
    const next = takeClearest(pending);
    const { node } = next;
    const index = node.j * tilesWide + node.i;
    if (done[index]) continue;
    done[index] = 1;
    const { at, steps, reach } = expectation(mesh, next);
    const sight = searchMark(photo, at, steps, reach);
    const clear = sight.likeness > CLEAR;
    const place = clear ? sight : at;
    mesh.x[index] = place.x;
    mesh.y[index] = place.y;
    mesh.likeness[index] = clear ? sight.likeness : 0;
    for (const [right, down] of NEIGHBOURS) {
      const neighbour = nodeAt(node.i + right, node.j + down);
      if (!neighbour || done[neighbour.j * tilesWide + neighbour.i]) continue;
      pending.push({
        node: neighbour,
        at: walk(place, steps, right * tileCells, down * tileCells),
        steps,
        reach: clear ? 1.5 : 2,
        priority: clear ? sight.likeness : 0.05,
      });
    }
  }
  return mesh;
}

function placeCorners(mesh: Mesh, done: Uint8Array, { homography, cornerFound }: Start): void {
  for (const [corner, index] of nodes.flatMap(({ corner }, index) => (corner ? [index] : [])).entries()) {
    const { x, y } = nodes[index] as MeshNode;
    const place = project(homography, x, y);
    mesh.x[index] = place.x;
    mesh.y[index] = place.y;
    mesh.likeness[index] = cornerFound[corner] ? CORNER_LIKENESS : 0;
    done[index] = 1;
  }
}

const nodeAt = (i: number, j: number): MeshNode | undefined =>
  i < 0 || j < 0 || i >= tilesWide || j >= tilesHigh ? undefined : nodes[j * tilesWide + i];

function takeClearest(pending: Pending[]): Pending {
  let best = 0;
  for (let k = 1; k < pending.length; k++)
    if ((pending[k] as Pending).priority > (pending[best] as Pending).priority) best = k;
  const taken = pending[best] as Pending;
  pending[best] = pending.at(-1) as Pending;
  pending.pop();
  return taken;
}

/** What several neighbours say together is better than what one says, unless it is wild. */
function expectation(mesh: Mesh, next: Pending): { at: Point; steps: Steps; reach: number } {
  const prediction = predictNode(mesh, next.node.i, next.node.j);
  if (!prediction || prediction.from < 4) return next;
  const [a, b] = [prediction.steps, next.steps];
  const change = Math.hypot(a.rightX - b.rightX, a.rightY - b.rightY, a.downX - b.downX, a.downY - b.downY);
  const wild = change > 0.25 * Math.hypot(b.rightX, b.rightY, b.downX, b.downY);
  return wild ? next : { at: prediction, steps: prediction.steps, reach: 1.5 };
}
