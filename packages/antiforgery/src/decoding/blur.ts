/** Gaussian blur, so that single cells melt into grey and the large bullseyes stand out. At the edge the last pixel goes on. */
import type { Raster } from '../raster.ts';

export function blur({ width, height, data }: Raster, sigma: number): Raster {
  const weights = gaussian(sigma);
  const reach = weights.length - 1;
  const rows = new Float32Array(width * height);
  const line = new Float32Array(Math.max(width, height) + 2 * reach);
  for (let y = 0; y < height; y++) {
    for (let x = -reach; x < width + reach; x++)
      line[x + reach] = data[y * width + Math.min(width - 1, Math.max(0, x))] as number;
    for (let x = 0; x < width; x++) rows[y * width + x] = weigh(line, x + reach, weights);
  }
  const out = new Uint8Array(width * height);
  const sums = new Float32Array(width);
  for (let y = 0; y < height; y++) {
    sums.fill(0.5);
    for (let k = -reach; k <= reach; k++) {
      const weight = weights[Math.abs(k)] as number;
      const from = Math.min(height - 1, Math.max(0, y + k)) * width;
      for (let x = 0; x < width; x++) sums[x] = (sums[x] as number) + weight * (rows[from + x] as number);
    }
    out.set(sums, y * width);
  }
  return { width, height, data: out };
}

function weigh(line: Float32Array, at: number, weights: Float64Array): number {
  let sum = (weights[0] as number) * (line[at] as number);
  for (let k = 1; k < weights.length; k++)
    sum += (weights[k] as number) * ((line[at - k] as number) + (line[at + k] as number));
  return sum;
}

/** From the middle outwards; all of them, both ways, make 1. */
function gaussian(sigma: number): Float64Array {
  const weights = Float64Array.from({ length: Math.ceil(2.5 * sigma) + 1 }, (_, k) =>
    Math.exp(-((k / sigma) ** 2) / 2),
  );
  const sum = weights.reduce((total, weight, k) => total + (k ? 2 : 1) * weight, 0);
  return weights.map((weight) => weight / sum);
}
