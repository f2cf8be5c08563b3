/**
 * The straightened photo twice as finely as the sealed picture: four planes, each of one quarter of every pixel. At 200 dots an inch alone
 * a small stroke would fall between its pixels; the photo has more.
 */
import { displaced, type SheetMesh } from './mesh.ts';
import { emptyPlane, type Plane } from './plane.ts';
import type { Sight } from './sight.ts';
import { straighten } from './straighten.ts';

/** Middles of the quarters from the middle of the pixel: upper left, upper right, lower left, lower right. */
const MIDDLES = [-0.25, 0.25].flatMap((y) => [-0.25, 0.25].map((x) => ({ x, y })));

export function quartersOf(
  sight: Sight,
  mesh: SheetMesh,
  { width, height }: { readonly width: number; readonly height: number },
): readonly Plane[] {
  return MIDDLES.map((middle) =>
    straighten(
      sight,
      displaced(mesh, () => middle),
      { width, height, perPixel: 1, finer: 2 },
    ),
  );
}

export function meanOf(quarters: readonly Plane[]): Plane {
  const { width, height } = quarters[0] as Plane;
  const mean = emptyPlane(width, height);
  for (const { values } of quarters)
    for (let at = 0; at < values.length; at++)
      mean.values[at] = (mean.values[at] as number) + (values[at] as number) / quarters.length;
  return mean;
}
