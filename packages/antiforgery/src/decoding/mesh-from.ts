/** The finished mesh: grown, if need be grown again from what most marks agree on, and straightened. */
import type { Raster } from '../raster.ts';
import { fitMesh } from './fit-mesh.ts';
import { growMesh } from './grow-mesh.ts';
import { type Mesh, seenShare } from './mesh.ts';
import type { Start } from './start.ts';
import { straightenMesh } from './straighten-mesh.ts';

const COMPLETE = 0.9;
const TRIES = 2;
const PROGRESS = 0.01;

/** `pitch`: pixels per cell. */
export function meshFrom(photo: Raster, start: Start, pitch: number): Mesh {
  let mesh = grown(photo, start, pitch);
  for (let n = 0; n < TRIES && seenShare(mesh) < COMPLETE; n++) {
    const better = fitMesh(mesh, pitch);
    const again = better && grown(photo, better, pitch);
    if (!again || seenShare(again) < seenShare(mesh) + PROGRESS) break;
    mesh = again;
  }
  return mesh;
}

function grown(photo: Raster, start: Start, pitch: number): Mesh {
  const mesh = growMesh(photo, start);
  straightenMesh(mesh, pitch);
  return mesh;
}
