/** 裏写り (show-through): the ink of the other side, mirrored, darkens this one. The other side may come at any resolution. */
import type { Raster } from '@machikado/antiforgery';

export function showThrough({ width, height, data }: Raster, other: Raster, share: number): void {
  if (share <= 0) return;
  const columns = Int32Array.from(
    { length: width },
    (_, x) => other.width - 1 - Math.min(other.width - 1, Math.floor((x * other.width) / width)),
  );
  for (let y = 0; y < height; y += 1) {
    const row = y * width;
    const otherRow = Math.min(other.height - 1, Math.floor((y * other.height) / height)) * other.width;
    for (let x = 0; x < width; x += 1) {
      const ink = 255 - (other.data[otherRow + (columns[x] as number)] as number);
      if (ink > 5) data[row + x] = (data[row + x] as number) * (1 - (share * ink) / 255);
    }
  }
}
