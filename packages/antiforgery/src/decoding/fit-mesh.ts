/** The homography that most seen marks agree on. When a guess was crooked, the mesh grows once more from these. */
import { type MeshNode, nodes, type Point } from '../format/geometry.ts';
import { type Homography, homographyOf, project, stepsAt } from './homography.ts';
import type { Mesh } from './mesh.ts';
import type { Start } from './start.ts';

const SURE = 0.65;
const SURE_MIN = 8;
const TRIES = 300;
const AGREE_MIN = 10;
const AGREE_CELLS = 2.5;
/** Enough to tell a good try from a bad one. */
const WITNESSES = 120;

/** Undefined: too few marks agree. Chance is drawn from a fixed row of numbers, so that a photo is always read alike. */
export function fitMesh(mesh: Mesh, pitch: number): Start | undefined {
  const sure = nodes.flatMap((_, index) => ((mesh.likeness[index] as number) > SURE ? [index] : []));
  if (sure.length < SURE_MIN) return undefined;
  const place = (index: number): Point => ({ x: mesh.x[index] as number, y: mesh.y[index] as number });
  const agreeing = (h: Homography, among: readonly number[]) =>
    among.filter((index) => {
      const { x, y } = nodes[index] as MeshNode;
      const [a, b] = [project(h, x, y), place(index)];
      return Math.hypot(a.x - b.x, a.y - b.y) < AGREE_CELLS * pitch;
    });
  const witnesses = sure.filter((_, n) => n % Math.ceil(sure.length / WITNESSES) === 0);
  let best: { homography: Homography; agree: number } | undefined;
  const next = numbers();
  for (let n = 0; n < TRIES; n++) {
    const four = [0, 1, 2, 3].map(() => sure[next() % sure.length] as number);
    if (new Set(four).size < 4) continue;
    const homography = homographyOf(
      four.map((index) => nodes[index] as MeshNode),
      four.map(place),
    );
    if (!homography.every(Number.isFinite)) continue;
    const agree = agreeing(homography, witnesses).length;
    if (agree > (best?.agree ?? 0)) best = { homography, agree };
  }
  if (!best) return undefined;
  const { homography } = best;
  const agree = agreeing(homography, sure);
  if (agree.length < AGREE_MIN) return undefined;
  const seeds = agree.map((index) => {
    const node = nodes[index] as MeshNode;
    return { node, at: project(homography, node.x, node.y), steps: stepsAt(homography, node.x, node.y), reach: 2 };
  });
  return { homography, cornerFound: [true, true, true, true], seeds, likeness: 1, tiles: seeds.length };
}

function numbers(): () => number {
  let state = 12_345;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
