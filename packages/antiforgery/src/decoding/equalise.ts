/**
 * Undoes blur and shift: each cell is a weighted sum of the 5 × 5 samples round its middle. The weights are those with the least square
 * error on the known cells (MMSE), learned apart for twelve regions of the sheet, because a lens is not equally sharp everywhere.
 */
import { cellsHigh, cellsWide } from '../format/geometry.ts';
import { margin, samplesWide } from './sample-cells.ts';
import { solveLinear } from './solve-linear.ts';

const REGIONS_WIDE = 3;
const REGIONS_HIGH = 4;
const REGIONS = REGIONS_WIDE * REGIONS_HIGH;
const SIDE = 5;
const TAPS = SIDE * SIDE;
/** The last weight is a constant. */
const WEIGHTS = TAPS + 1;
/** A region leans this much on the whole sheet, and on small weights. */
const SHARED = 0.3;
const RIDGE = 30;

/** By cell: about −1 = black, 1 = white. `samples` evened out. */
export function equalise(samples: Float32Array, known: Int8Array): Float32Array {
  const regions = learn(samples, known);
  const cells = new Float32Array(cellsWide * cellsHigh);
  const row = new Float64Array(WEIGHTS);
  for (let y = 0; y < cellsHigh; y++)
    for (let rx = 0; rx < REGIONS_WIDE; rx++) {
      row.set(regions[regionRow(y) * REGIONS_WIDE + rx] as Float64Array);
      applyTo(cells, samples, row, y, regionStart(rx), regionStart(rx + 1));
    }
  return cells;
}

const regionStart = (rx: number): number => Math.ceil((rx * cellsWide) / REGIONS_WIDE);
const regionRow = (y: number): number => Math.floor((y * REGIONS_HIGH) / cellsHigh);
const regionColumn = (x: number): number => Math.floor((x * REGIONS_WIDE) / cellsWide);
/** Upper left of the 25 samples of a cell. */
const firstSample = (x: number, y: number): number => (2 * y - 1 + margin) * samplesWide + 2 * x - 1 + margin;

function applyTo(
  cells: Float32Array,
  samples: Float32Array,
  weights: Float64Array,
  y: number,
  from: number,
  to: number,
) {
  for (let x = from; x < to; x++) {
    let sum = weights[TAPS] as number;
    let at = firstSample(x, y);
    for (let w = 0; w < TAPS; w += SIDE, at += samplesWide)
      sum +=
        (weights[w] as number) * (samples[at] as number) +
        (weights[w + 1] as number) * (samples[at + 1] as number) +
        (weights[w + 2] as number) * (samples[at + 2] as number) +
        (weights[w + 3] as number) * (samples[at + 3] as number) +
        (weights[w + 4] as number) * (samples[at + 4] as number);
    cells[y * cellsWide + x] = sum;
  }
}

/** Sums of products of the samples with each other, and at the end of each row with the value sought. */
type Normal = Float64Array[];
const emptyNormal = (): Normal => Array.from({ length: WEIGHTS }, () => new Float64Array(WEIGHTS + 1));

function learn(samples: Float32Array, known: Int8Array): Float64Array[] {
  const regions = Array.from({ length: REGIONS }, emptyNormal);
  addKnown(regions, samples, known);
  const whole = emptyNormal();
  for (const region of regions) addTo(whole, region, 1);
  return regions.map((region) => {
    addTo(region, whole, SHARED / REGIONS);
    for (let i = 0; i < WEIGHTS; i++) {
      const row = region[i] as Float64Array;
      row[i] = (row[i] as number) + RIDGE;
      for (let j = 0; j < i; j++) row[j] = region[j]?.[i] as number;
    }
    return solveLinear(region);
  });
}

/** Upper triangle only. */
function addKnown(regions: readonly Normal[], samples: Float32Array, known: Int8Array): void {
  const seen = new Float64Array(WEIGHTS + 1);
  seen[TAPS] = 1;
  for (let y = 1; y < cellsHigh - 1; y++)
    for (let x = 1; x < cellsWide - 1; x++) {
      const colour = known[y * cellsWide + x] as number;
      if (colour < 0) continue;
      const first = firstSample(x, y);
      for (let k = 0; k < TAPS; k++)
        seen[k] = samples[first + Math.floor(k / SIDE) * samplesWide + (k % SIDE)] as number;
      seen[WEIGHTS] = colour ? -1 : 1;
      const region = regions[regionRow(y) * REGIONS_WIDE + regionColumn(x)] as Normal;
      for (let i = 0; i < WEIGHTS; i++) {
        const row = region[i] as Float64Array;
        const factor = seen[i] as number;
        for (let j = i; j <= WEIGHTS; j++) row[j] = (row[j] as number) + factor * (seen[j] as number);
      }
    }
}

function addTo(target: Normal, from: Normal, factor: number): void {
  for (const [i, row] of target.entries())
    for (let j = 0; j < row.length; j++) row[j] = (row[j] as number) + factor * (from[i]?.[j] as number);
}
