/** What is done to a printed page with fluid, knife and glue; in pixels at 600 dpi. */
import type { MmBox, Raster } from '@machikado/antiforgery';
import { eachPlane } from './draw-side.ts';
import type { Page } from './forged.ts';

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const WHITE = 255;
const px = (mm: number) => Math.round((mm / 25.4) * 600);

export function inside({ xMm, yMm, wMm, hMm }: MmBox): Box {
  return {
    left: Math.max(0, px(xMm)),
    top: Math.max(0, px(yMm)),
    right: Math.min(4961, px(xMm + wMm)),
    bottom: Math.min(7016, px(yMm + hMm)),
  };
}

export function whitened(page: Page, { left, top, right, bottom }: Box): Page {
  return eachPlane(page, page, ({ width, height, data }) => {
    const out = data.slice();
    for (let y = top; y < bottom; y++) out.fill(WHITE, y * width + left, y * width + right);
    return { width, height, data: out };
  });
}

/** The piece of `from` that lies in the box, `off` by some pixels. */
export function pasted(on: Raster, from: Raster, { left, top, right, bottom }: Box, off = { x: 0, y: 0 }): Raster {
  const { width, height } = on;
  const data = on.data.slice();
  for (let y = Math.max(top, -off.y); y < Math.min(bottom, height - off.y); y++) {
    const start = y * width + left;
    data.set(from.data.subarray(start, start + right - left), start + off.y * width + off.x);
  }
  return { width, height, data };
}
