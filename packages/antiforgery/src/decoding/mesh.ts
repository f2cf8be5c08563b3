/** Where each node of the 22 × 28 mesh lies in the photo. Between nodes the sheet is taken as flat: lens, curl and folds fit in. */
import { nodes, type Point, tileCells, tilesHigh, tilesWide } from '../format/geometry.ts';
import type { Steps } from './homography.ts';
import { solveLinear } from './solve-linear.ts';

export interface Mesh {
  /** By node. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** How clearly its mark was seen; less than `SEEN` = only concluded from others. */
  readonly likeness: Float32Array;
}

export const SEEN = 0.5;

export const emptyMesh = (): Mesh => ({
  x: new Float64Array(nodes.length),
  y: new Float64Array(nodes.length),
  likeness: new Float32Array(nodes.length),
});

export const seenShare = ({ likeness }: Mesh): number =>
  likeness.reduce((count, each) => count + (each > SEEN ? 1 : 0), 0) / nodes.length;

export interface Prediction extends Point {
  readonly steps: Steps;
  /** Nodes that it rests on. */
  readonly from: number;
}

const REACH = 2;
const DETERMINANT_MIN = 1e4;

/** Where node (i, j) must be by its neighbours alone: an affine map fitted to those seen, nearer ones counting more. */
export function predictNode(mesh: Mesh, i: number, j: number): Prediction | undefined {
  const normal = [0, 1, 2].map(() => new Float64Array(3));
  const [sumsX, sumsY] = [new Float64Array(3), new Float64Array(3)];
  let from = 0;
  for (let b = Math.max(0, j - REACH); b <= Math.min(tilesHigh - 1, j + REACH); b++)
    for (let a = Math.max(0, i - REACH); a <= Math.min(tilesWide - 1, i + REACH); a++) {
      const node = b * tilesWide + a;
      if ((a === i && b === j) || (mesh.likeness[node] as number) <= SEEN) continue;
      const weight = 1 / (1 + Math.hypot(a - i, b - j));
      const factors = [1, (a - i) * tileCells, (b - j) * tileCells];
      for (let r = 0; r < 3; r++) {
        const weighted = weight * (factors[r] as number);
        const row = normal[r] as Float64Array;
        for (let c = 0; c < 3; c++) row[c] = (row[c] as number) + weighted * (factors[c] as number);
        sumsX[r] = (sumsX[r] as number) + weighted * (mesh.x[node] as number);
        sumsY[r] = (sumsY[r] as number) + weighted * (mesh.y[node] as number);
      }
      from += 1;
    }
  if (from < 3 || Math.abs(determinant(normal)) < DETERMINANT_MIN) return undefined;
  const [x = 0, rightX = 0, downX = 0] = solveLinear(
    normal.map((row, r) => Float64Array.of(...row, sumsX[r] as number)),
  );
  const [y = 0, rightY = 0, downY = 0] = solveLinear(
    normal.map((row, r) => Float64Array.of(...row, sumsY[r] as number)),
  );
  return { x, y, steps: { rightX, rightY, downX, downY }, from };
}

function determinant(rows: readonly Float64Array[]): number {
  const [[a = 0, b = 0, c = 0] = [], [d = 0, e = 0, f = 0] = [], [g = 0, h = 0, k = 0] = []] = rows;
  return a * (e * k - f * h) - b * (d * k - f * g) + c * (d * h - e * g);
}
