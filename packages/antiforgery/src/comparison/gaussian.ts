/** Weights of a Gaussian: of the middle, then of the neighbours on either side up to three sigmas away. */
export function gaussian(sigma: number): Float64Array {
  const weights = Float64Array.from({ length: Math.ceil(3 * sigma) + 1 }, (_, k) => Math.exp(-((k / sigma) ** 2) / 2));
  const sum = weights.reduce((total, weight, k) => total + (k ? 2 : 1) * weight, 0);
  return weights.map((weight) => weight / sum);
}
