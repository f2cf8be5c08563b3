/** The finished mesh: grown, if need be grown again from what most marks agree on, and straightened. */
import type { Raster } from '../raster.ts';
import { fitMesh } from './fit-mesh.ts';
import { growMesh } from './grow-mesh.ts';
import { type Mesh, seenShare } from './mesh.ts';
import type { Start } from './start.ts';
import { straightenMesh } from './straighten-mesh.ts';

const COMPLETE = 0.9;
const TRIES = 3;
const PROGRESS = 0.01;

/** `pitch`: pixels per cell. */
export function meshFrom(photo: Raster, start: Start, pitch: number): Mesh {
  let best: Mesh | undefined;
  let from: Start | undefined = start;
  for (let n = 0; n < TRIES && from; n++) {
    const mesh = growMesh(photo, from);
    const agreed = fitMesh(mesh, pitch);
    straightenMesh(mesh, (agreed ?? from).homography);
    if (best && seenShare(mesh) < seenShare(best) + PROGRESS) break;
    best = mesh;
    from = seenShare(mesh) < COMPLETE ? agreed : undefined;
  }
  return best as Mesh;
}
