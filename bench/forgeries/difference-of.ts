/** Where two rasters of 200 dpi are not alike. */
import { inkBelow, type MmBox, type Raster } from '@machikado/antiforgery';

const mm = (px: number) => (px / 200) * 25.4;

export function differenceOf(one: Raster, other: Raster | undefined): MmBox | undefined {
  if (!other || other.width !== one.width || other.height !== one.height) return undefined;
  let [left, top, right, bottom] = [one.width, one.height, -1, -1];
  for (let y = 0, at = 0; y < one.height; y++)
    for (let x = 0; x < one.width; x++, at++) {
      if ((one.data[at] as number) < inkBelow === (other.data[at] as number) < inkBelow) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  if (right < 0) return undefined;
  return { xMm: mm(left), yMm: mm(top), wMm: mm(right - left + 1), hMm: mm(bottom - top + 1) };
}
