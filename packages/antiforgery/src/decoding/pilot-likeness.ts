/** Whether the pilot cells of a tile are where they would be if its mark were seen here: that tells the right guess from all others. */
import { cellsWide, type MeshNode, type Point, pilotOffset, pilotPitch, tileCells } from '../format/geometry.ts';
import { cellType, layout } from '../format/layout.ts';
import type { Raster } from '../raster.ts';
import { brightnessAt, OUTSIDE } from './brightness.ts';
import type { Steps } from './homography.ts';

const PILOTS_MIN = 10;

/** Correlation of brightness and expected value, −1 to 1; about 40 pilots a tile, so chance alone reaches 0.3 now and then. */
export function pilotLikeness(photo: Raster, node: MeshNode, seen: Point, steps: Steps): number {
  const { type, val } = layout();
  let n = 0;
  let sum = 0;
  let squares = 0;
  let expected = 0;
  let product = 0;
  const first = (tile: number) => {
    const start = tile * tileCells;
    return start + ((((pilotOffset - start) % pilotPitch) + pilotPitch) % pilotPitch);
  };
  for (let y = first(node.j); y < (node.j + 1) * tileCells; y += pilotPitch)
    for (let x = first(node.i); x < (node.i + 1) * tileCells; x += pilotPitch) {
      const cell = y * cellsWide + x;
      if (type[cell] !== cellType.pilot) continue;
      const [u, v] = [x + 0.5 - node.x, y + 0.5 - node.y];
      const light = brightnessAt(
        photo,
        seen.x + steps.rightX * u + steps.downX * v,
        seen.y + steps.rightY * u + steps.downY * v,
      );
      if (light === OUTSIDE) continue;
      const sign = val[cell] ? -1 : 1;
      n += 1;
      sum += light;
      squares += light * light;
      expected += sign;
      product += light * sign;
    }
  if (n < PILOTS_MIN) return 0;
  const spread = (squares - (sum * sum) / n) * (n - (expected * expected) / n);
  return spread > 0 ? (product - (sum * expected) / n) / Math.sqrt(spread) : 0;
}
