/** Of numbers in any order, the one below which this share of them lies; 0 of none. */
export function quantile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export const median = (values: ArrayLike<number>): number => quantile(values, 0.5);
