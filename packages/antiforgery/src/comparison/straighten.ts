/** The photo as the sealed picture lies: for each pixel of it the darkness that the photo shows there. */

import { type SheetMesh, toPhoto } from './mesh.ts';
import { emptyPlane, halved, type Plane, valueAt } from './plane.ts';

/** The photo's darkness and its halves. */
export type Pyramid = readonly Plane[];

export function pyramidOf(plane: Plane): Pyramid {
  const levels = [plane];
  for (let last = plane; Math.min(last.width, last.height) > 64; levels.push(last)) last = halved(last);
  return levels;
}

export interface Straightened {
  readonly width: number;
  readonly height: number;
  /** Sealed pixels along one pixel of the result. */
  readonly perPixel: number;
  /** One sample a pixel: good enough to find displacements. */
  readonly hasty?: boolean;
}

export function straighten(
  pyramid: Pyramid,
  mesh: SheetMesh,
  { width, height, perPixel, hasty = false }: Straightened,
): Plane {
  const out = emptyPlane(width, height);
  const photoPixels = pitchOf(mesh) * perPixel;
  const level = Math.min(pyramid.length - 1, Math.max(0, Math.floor(Math.log2(photoPixels))));
  const plane = pyramid[level] as Plane;
  const scale = 2 ** level;
  // Less than two pixels of that level lie under one of the result: two samples each way see all of them.
  const offsets = !hasty && photoPixels / scale > 1.2 ? [0.25, 0.75] : [0.5];
  const weight = 1 / offsets.length ** 2;
  const line = { u: new Float64Array(width * offsets.length), v: new Float64Array(width * offsets.length) };
  for (let y = 0; y < height; y++)
    for (const b of offsets) {
      placesAlong(mesh, (y + b) * perPixel, perPixel, offsets, line);
      for (let x = 0, k = 0; x < width; x++) {
        let sum = 0;
        for (let n = 0; n < offsets.length; n++, k++)
          sum += valueAt(plane, (line.u[k] as number) / scale, (line.v[k] as number) / scale);
        out.values[y * width + x] = (out.values[y * width + x] as number) + sum * weight;
      }
    }
  return out;
}

/** Interpolated between places some pixels apart: the way bends slowly. */
function placesAlong(
  mesh: SheetMesh,
  y: number,
  perPixel: number,
  offsets: readonly number[],
  { u, v }: { readonly u: Float64Array; readonly v: Float64Array },
): void {
  const step = perPixel / offsets.length;
  const first = (offsets[0] as number) * perPixel;
  const stride = Math.max(1, Math.floor(mesh.step / step / 2));
  for (let from = 0; from < u.length; from += stride) {
    const a = toPhoto(mesh, first + from * step, y);
    const b = toPhoto(mesh, first + (from + stride) * step, y);
    const to = Math.min(u.length, from + stride);
    for (let k = from; k < to; k++) {
      const share = (k - from) / stride;
      u[k] = a.x + (b.x - a.x) * share;
      v[k] = a.y + (b.y - a.y) * share;
    }
  }
}

/** Photo pixels along one sealed pixel, in the middle of the sheet. */
export function pitchOf(mesh: SheetMesh): number {
  const [x, y] = [((mesh.columns - 1) * mesh.step) / 2, ((mesh.rows - 1) * mesh.step) / 2];
  const [a, b] = [toPhoto(mesh, x - mesh.step, y), toPhoto(mesh, x + mesh.step, y)];
  return Math.hypot(b.x - a.x, b.y - a.y) / (2 * mesh.step);
}
