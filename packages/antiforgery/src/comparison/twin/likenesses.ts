/** Twin of the assembly: normalised correlation of a pattern with the plane at each of the places. */
import type { Pattern, Places } from '../pixel-loops.ts';
import type { Plane } from '../plane.ts';

export function likenesses(plane: Plane, pattern: Pattern, { left, top, stride, across, down }: Places): Float32Array {
  return Float32Array.from({ length: across * down }, (_, n) =>
    likeness(plane, pattern, left + (n % across) * stride, top + Math.floor(n / across) * stride),
  );
}

function likeness(plane: Plane, { width, height, values, energy }: Pattern, left: number, top: number): number {
  if (left < 0 || top < 0 || left + width > plane.width || top + height > plane.height) return -1;
  const seen = Array.from(
    values,
    (_, k) => plane.values[(top + Math.floor(k / width)) * plane.width + left + (k % width)] as number,
  );
  const mean = seen.reduce((sum, value) => sum + value, 0) / seen.length;
  const spread = seen.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  if (spread <= 1e-6) return -1;
  return seen.reduce((sum, value, k) => sum + value * (values[k] as number), 0) / Math.sqrt(spread * energy);
}
