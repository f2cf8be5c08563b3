/**
 * The scrambled image laid straight: brightness at every half cell, read from the photo through the mesh. The middle of cell (x, y) is
 * sample (2x + 1, 2y + 1) behind a margin of two.
 */
import { cellsHigh, cellsWide, tileCells, tilesHigh, tilesWide } from '../format/geometry.ts';
import type { Raster } from '../raster.ts';
import type { Mesh } from './mesh.ts';

export const margin = 2;
export const samplesWide = 2 * cellsWide + 1 + 2 * margin;
export const samplesHigh = 2 * cellsHigh + 1 + 2 * margin;

/** Taken where the sheet lies outside of the photo: neither black nor white. */
const UNSEEN = 200;
const FIRST_NODE = tileCells / 2 + 0.5;

/** `smooth`: cubic instead of linear between the pixels; needed when there are few of them in a cell. */
export function sampleCells(photo: Raster, mesh: Mesh, smooth: boolean): Float32Array {
  const samples = new Float32Array(samplesWide * samplesHigh);
  const readRun = smooth ? readSmoothRun : readLinearRun;
  for (let row = 0; row < samplesHigh; row++) {
    const down = ((row - margin) / 2 - FIRST_NODE) / tileCells;
    const j = Math.min(tilesHigh - 2, Math.max(0, Math.floor(down)));
    for (let i = 0; i < tilesWide - 1; i++) {
      const from = i === 0 ? 0 : columnOf(i);
      const to = i === tilesWide - 2 ? samplesWide : columnOf(i + 1);
      const left = between(mesh, j * tilesWide + i, down - j);
      const right = between(mesh, j * tilesWide + i + 1, down - j);
      const stepX = (right.x - left.x) / (2 * tileCells);
      const stepY = (right.y - left.y) / (2 * tileCells);
      const ahead = from - columnOf(i);
      readRun(
        photo,
        left.x + ahead * stepX,
        left.y + ahead * stepY,
        stepX,
        stepY,
        samples,
        row * samplesWide + from,
        to - from,
      );
    }
  }
  return samples;
}

/** Sample at which column i of the mesh stands. */
const columnOf = (i: number): number => margin + 2 * (FIRST_NODE + i * tileCells);

/** On the line from a node to the one below it, and beyond both. */
function between({ x, y }: Mesh, node: number, share: number) {
  const below = node + tilesWide;
  return {
    x: (x[node] as number) * (1 - share) + (x[below] as number) * share,
    y: (y[node] as number) * (1 - share) + (y[below] as number) * share,
  };
}

type ReadRun = (
  photo: Raster,
  x: number,
  y: number,
  stepX: number,
  stepY: number,
  out: Float32Array,
  at: number,
  count: number,
) => void;

const readLinearRun: ReadRun = ({ width, height, data }, x, y, stepX, stepY, out, at, count) => {
  for (let k = 0; k < count; k++) {
    const px = x + k * stepX - 0.5;
    const py = y + k * stepY - 0.5;
    const left = Math.floor(px);
    const top = Math.floor(py);
    if (!(left >= 0 && top >= 0 && left < width - 1 && top < height - 1)) {
      out[at + k] = UNSEEN;
      continue;
    }
    const fx = px - left;
    const fy = py - top;
    const o = top * width + left;
    const upper = (data[o] as number) * (1 - fx) + (data[o + 1] as number) * fx;
    const lower = (data[o + width] as number) * (1 - fx) + (data[o + width + 1] as number) * fx;
    out[at + k] = upper * (1 - fy) + lower * fy;
  }
};

const readSmoothRun: ReadRun = ({ width, height, data }, x, y, stepX, stepY, out, at, count) => {
  for (let k = 0; k < count; k++) {
    const px = x + k * stepX - 0.5;
    const py = y + k * stepY - 0.5;
    const left = Math.floor(px);
    const top = Math.floor(py);
    if (!(left >= 1 && top >= 1 && left < width - 2 && top < height - 2)) {
      out[at + k] = UNSEEN;
      continue;
    }
    const across = 4 * Math.round((px - left) * CUBIC_STEPS);
    const downwards = 4 * Math.round((py - top) * CUBIC_STEPS);
    const w0 = CUBIC[across] as number;
    const w1 = CUBIC[across + 1] as number;
    const w2 = CUBIC[across + 2] as number;
    const w3 = CUBIC[across + 3] as number;
    const o = (top - 1) * width + left - 1;
    const o1 = o + width;
    const o2 = o1 + width;
    const o3 = o2 + width;
    out[at + k] =
      (CUBIC[downwards] as number) *
        (w0 * (data[o] as number) +
          w1 * (data[o + 1] as number) +
          w2 * (data[o + 2] as number) +
          w3 * (data[o + 3] as number)) +
      (CUBIC[downwards + 1] as number) *
        (w0 * (data[o1] as number) +
          w1 * (data[o1 + 1] as number) +
          w2 * (data[o1 + 2] as number) +
          w3 * (data[o1 + 3] as number)) +
      (CUBIC[downwards + 2] as number) *
        (w0 * (data[o2] as number) +
          w1 * (data[o2 + 1] as number) +
          w2 * (data[o2 + 2] as number) +
          w3 * (data[o2 + 3] as number)) +
      (CUBIC[downwards + 3] as number) *
        (w0 * (data[o3] as number) +
          w1 * (data[o3 + 1] as number) +
          w2 * (data[o3 + 2] as number) +
          w3 * (data[o3 + 3] as number));
  }
};

/** Catmull–Rom: weights of the four pixels around, by how far one is on the way from the second to the third. */
const CUBIC_STEPS = 64;
const CUBIC = Float64Array.from({ length: 4 * (CUBIC_STEPS + 1) }, (_, k) => {
  const t = (k >> 2) / CUBIC_STEPS;
  const [t2, t3] = [t * t, t * t * t];
  return [-t / 2 + t2 - t3 / 2, 1 - 2.5 * t2 + 1.5 * t3, t / 2 + 2 * t2 - 1.5 * t3, -t2 / 2 + t3 / 2][k & 3] as number;
});
