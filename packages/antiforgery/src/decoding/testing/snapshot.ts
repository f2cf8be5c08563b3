/**
 * A photo of a back for tests, drawn straight from its cells: seen aslant, with grey light, blur and noise. Cheap, and without the chance of
 * paper; `npm run bench:paper` takes the long way through printer and camera.
 */
import { cellsHigh, cellsWide, finderCells, finderRadii, finders, type Point } from '../../format/geometry.ts';
import { xorshift32 } from '../../format/xorshift.ts';
import type { Raster } from '../../raster.ts';
import { blur } from '../blur.ts';
import { type Homography, homographyOf, project } from '../homography.ts';

export interface Scene {
  readonly pixelsPerCell: number;
  readonly turnDegrees?: number;
  /** How much shorter the far edge of the sheet is seen than the near one. */
  readonly slant?: number;
  /** Passes of `blur`. */
  readonly blur?: readonly number[];
  /** Largest error of a pixel, up or down. */
  readonly noise?: number;
  /** Boxes in cells that lie under something grey. */
  readonly covered?: readonly { x: number; y: number; width: number; height: number }[];
}

export interface Snapshot {
  readonly photo: Raster;
  /** Where a point of the matrix, in cells, is in the photo. */
  readonly place: (x: number, y: number) => Point;
}

const BORDER_CELLS = 40;
const [BLACK, PAPER, COVER] = [40, 225, 120];

export function takeSnapshot(cells: Uint8Array, scene: Scene): Snapshot {
  const toPhoto = viewOf(scene);
  const [width, height] = sizeOf(scene);
  const matrix = matrixCorners();
  const toCells = homographyOf(
    matrix.map(({ x, y }) => project(toPhoto, x, y)),
    matrix,
  );
  const isInk = inkOf(cells);
  const data = new Uint8Array(width * height);
  const next = xorshift32(20_251_122);
  const noise = scene.noise ?? 4;
  const covered = scene.covered ?? [];
  const isUnder = (at: Point) =>
    covered.some((box) => at.x >= box.x && at.y >= box.y && at.x < box.x + box.width && at.y < box.y + box.height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let light = 0;
      for (const [dx, dy] of SUBPIXELS) {
        const at = project(toCells, x + dx, y + dy);
        light += isUnder(at) ? COVER : isInk(at.x, at.y) ? BLACK : PAPER;
      }
      const shade = 1 - (0.3 * x) / width;
      data[y * width + x] = (light / SUBPIXELS.length) * shade + noise * (next() / 2 ** 31 - 1);
    }
  const photo = { width, height, data };
  return {
    photo: blur(photo, scene.blur ?? []),
    place: (x, y) => project(toPhoto, x, y),
  };
}

const SUBPIXELS = [
  [0.3, 0.25],
  [0.7, 0.75],
] as const;

const matrixCorners = (): Point[] => [
  { x: 0, y: 0 },
  { x: cellsWide, y: 0 },
  { x: 0, y: cellsHigh },
  { x: cellsWide, y: cellsHigh },
];

function sizeOf({ pixelsPerCell, turnDegrees = 0 }: Scene): [number, number] {
  const angle = (turnDegrees * Math.PI) / 180;
  const [c, s] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))];
  const [w, h] = [cellsWide + 2 * BORDER_CELLS, cellsHigh + 2 * BORDER_CELLS];
  return [Math.ceil(pixelsPerCell * (w * c + h * s)), Math.ceil(pixelsPerCell * (w * s + h * c))];
}

function viewOf(scene: Scene): Homography {
  const { pixelsPerCell, turnDegrees = 0, slant = 0 } = scene;
  const angle = (turnDegrees * Math.PI) / 180;
  const [width, height] = sizeOf(scene);
  const seen = matrixCorners().map(({ x, y }, k) => {
    const far = k < 2 ? 1 - slant : 1;
    const [u, v] = [(x - cellsWide / 2) * far * pixelsPerCell, (y - cellsHigh / 2) * (1 - slant / 2) * pixelsPerCell];
    return {
      x: width / 2 + u * Math.cos(angle) - v * Math.sin(angle),
      y: height / 2 + u * Math.sin(angle) + v * Math.cos(angle),
    };
  });
  return homographyOf(matrixCorners(), seen);
}

function inkOf(cells: Uint8Array): (x: number, y: number) => boolean {
  return (x, y) => {
    if (!(x >= 0 && y >= 0 && x < cellsWide && y < cellsHigh)) return false;
    const [edgeX, edgeY] = [Math.min(x, cellsWide - x), Math.min(y, cellsHigh - y)];
    if (edgeX < finderCells && edgeY < finderCells) return isBullseye(x, y);
    const cell = Math.floor(y) * cellsWide + Math.floor(x);
    return (((cells[cell >> 3] as number) >> (7 - (cell & 7))) & 1) === 1;
  };
}

function isBullseye(x: number, y: number): boolean {
  const { x: centerX, y: centerY } = finders[(x > cellsWide / 2 ? 1 : 0) + (y > cellsHigh / 2 ? 2 : 0)] as Point;
  const radius = Math.hypot(x - centerX, y - centerY);
  return radius <= finderRadii.disc || (radius > finderRadii.gap && radius <= finderRadii.ring);
}
