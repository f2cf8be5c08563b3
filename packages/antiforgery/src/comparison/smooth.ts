/** Gaussian smoothing of numbers on a grid; beyond the edge there is nothing. */
import { emptyPlane, type Plane } from './plane.ts';

export function smooth({ width, height, values }: Plane, sigma: number): Plane {
  const weights = gaussian(sigma);
  const reach = weights.length - 1;
  const rows = emptyPlane(width, height);
  const line = new Float32Array(width + 2 * reach);
  for (let y = 0; y < height; y++) {
    line.set(values.subarray(y * width, (y + 1) * width), reach);
    for (let x = 0, at = y * width; x < width; x++, at++) {
      let sum = (weights[0] as number) * (line[x + reach] as number);
      for (let k = 1; k <= reach; k++)
        sum += (weights[k] as number) * ((line[x + reach - k] as number) + (line[x + reach + k] as number));
      rows.values[at] = sum;
    }
  }
  const out = emptyPlane(width, height);
  for (let y = 0; y < height; y++)
    for (let k = -reach; k <= reach; k++) {
      const row = y + k;
      if (row < 0 || row >= height) continue;
      const weight = weights[Math.abs(k)] as number;
      for (let x = 0, to = y * width, from = row * width; x < width; x++, to++, from++)
        out.values[to] = (out.values[to] as number) + weight * (rows.values[from] as number);
    }
  return out;
}

function gaussian(sigma: number): Float64Array {
  const weights = Float64Array.from({ length: Math.ceil(3 * sigma) + 1 }, (_, k) => Math.exp(-((k / sigma) ** 2) / 2));
  const sum = weights.reduce((total, weight, k) => total + (k ? 2 : 1) * weight, 0);
  return weights.map((weight) => weight / sum);
}
