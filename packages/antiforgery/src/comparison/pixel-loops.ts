/** The loops of 照合 that look at every pixel many times, by the compiled module; one instance a thread. */
import { strict as assert } from 'node:assert';
import { picturePixelsMax, pictureSideMax } from '../format/picture-limits.ts';
import { openWasmRoom } from '../format/wasm-room.ts';
import type { Raster } from '../raster.ts';
import { gaussian } from './gaussian.ts';
import type { Nodes } from './mesh.ts';
import type { Plane } from './plane.ts';

/** More pixels than this on the long side of a photo tell nothing more about a stroke. */
export const photoSideMax = 5200;

interface ComparisonModule {
  straighten(
    photo: number,
    photoWidth: number,
    photoHeight: number,
    scale: number,
    nodes: number,
    columns: number,
    rows: number,
    step: number,
    line: number,
    out: number,
    width: number,
    height: number,
    perPixel: number,
  ): void;
  smooth(
    plane: number,
    width: number,
    height: number,
    weights: number,
    reach: number,
    rows: number,
    line: number,
  ): void;
  likenesses(
    plane: number,
    planeWidth: number,
    planeHeight: number,
    pattern: number,
    width: number,
    height: number,
    energy: number,
    left: number,
    top: number,
    stride: number,
    across: number,
    down: number,
    scores: number,
  ): void;
}

const REACH_MAX = 32;
const NODES_MAX = 4_000;
const NODE_BYTES = 3 * Float64Array.BYTES_PER_ELEMENT;
const SCORES_MAX = 1_024;
const FLOAT = Float32Array.BYTES_PER_ELEMENT;

const areas = {
  photo: photoSideMax ** 2,
  plane: picturePixelsMax * FLOAT,
  rows: picturePixelsMax * FLOAT,
  nodes: NODES_MAX * NODE_BYTES,
  line: (pictureSideMax + 2 * REACH_MAX) * NODE_BYTES,
  weights: (REACH_MAX + 1) * FLOAT,
  pattern: 10_000 * FLOAT,
  scores: SCORES_MAX * FLOAT,
};

type Room = ReturnType<typeof openRoom>;
let opened: Room | undefined;

function openRoom() {
  const { run, at, bytes } = openWasmRoom<ComparisonModule, keyof typeof areas>('comparison', areas);
  const floats = (area: keyof typeof areas, length: number) => new Float32Array(bytes.buffer, at[area], length);
  return { run, at, bytes, floats };
}

function room(): Room {
  opened ??= openRoom();
  return opened;
}

/** Gaussian; beyond the edge there is nothing. */
export function smooth({ width, height, values }: Plane, sigma: number): Plane {
  const { run, at, floats } = room();
  const weights = gaussian(sigma);
  assert(values.length <= picturePixelsMax && width <= pictureSideMax && weights.length <= REACH_MAX + 1);
  floats('weights', weights.length).set(weights);
  const plane = floats('plane', values.length);
  plane.set(values);
  run.smooth(at.plane, width, height, at.weights, weights.length - 1, at.rows, at.line);
  return { width, height, values: plane.slice() };
}

export interface Laying {
  /** Of whose pixels `scale` of the photo's make one. */
  readonly picture: Raster;
  readonly scale: number;
  readonly nodes: Nodes;
  readonly width: number;
  readonly height: number;
  /** Sealed pixels along one pixel of the result. */
  readonly perPixel: number;
}

/** The photo's darkness as the sealed picture lies. */
export function layStraight({ picture, scale, nodes, width, height, perPixel }: Laying): Plane {
  const { run, at, bytes, floats } = room();
  const { columns, rows, step, values } = nodes;
  assert(picture.data.length <= photoSideMax ** 2 && columns * rows <= NODES_MAX && width * height <= picturePixelsMax);
  bytes.set(picture.data, at.photo);
  new Float64Array(bytes.buffer, at.nodes, values.length).set(values);
  run.straighten(
    ...([at.photo, picture.width, picture.height, scale] as const),
    ...([at.nodes, columns, rows, step, at.line] as const),
    ...([at.plane, width, height, perPixel] as const),
  );
  return { width, height, values: floats('plane', width * height).slice() };
}

export interface Places {
  readonly left: number;
  readonly top: number;
  /** Pixels from one place to the next. */
  readonly stride: number;
  readonly across: number;
  readonly down: number;
}

/** A piece less its mean. */
export interface Pattern {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
  /** Sum of its squares. */
  readonly energy: number;
}

/**
 * Looks for patterns in one plane: gives normalised correlations place by place, −1 beyond the plane and where it is blank. The next search ends this one,
 * and so do the other loops.
 */
export function searchIn({ width, height, values }: Plane): (pattern: Pattern, places: Places) => Float32Array {
  const { run, at, floats } = room();
  assert(values.length <= picturePixelsMax);
  floats('plane', values.length).set(values);
  return (pattern, { left, top, stride, across, down }) => {
    assert(pattern.values.length * FLOAT <= areas.pattern && across * down <= SCORES_MAX);
    floats('pattern', pattern.values.length).set(pattern.values);
    run.likenesses(
      ...([at.plane, width, height] as const),
      ...([at.pattern, pattern.width, pattern.height, pattern.energy] as const),
      ...([left, top, stride, across, down, at.scores] as const),
    );
    return floats('scores', across * down).slice();
  };
}

/** The piece of a plane with this upper left corner; nothing when its mean is below this. */
export function patternOf(plane: Plane, left: number, top: number, width: number, height: number, meanMin = -Infinity) {
  const values = new Float32Array(width * height);
  let sum = 0;
  for (let j = 0, k = 0; j < height; j++)
    for (let i = 0, at = (top + j) * plane.width + left; i < width; i++, at++, k++) {
      const value = plane.values[at] as number;
      values[k] = value;
      sum += value;
    }
  const mean = sum / values.length;
  if (mean < meanMin) return undefined;
  let energy = 0;
  for (let k = 0; k < values.length; k++) {
    const around = (values[k] as number) - mean;
    values[k] = around;
    energy += around * around;
  }
  return { width, height, values, energy };
}
