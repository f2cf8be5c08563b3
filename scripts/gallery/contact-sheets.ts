/** Many pages on one picture, each at a third of its size: enough to see what is cramped or out of line. */
import type { Grey } from '../../apps/issuer/src/forms/testing/png.ts';

const SHRINK = 3;
const COLUMNS = 5;
const ROWS = 2;
const GAP = 12;
const DESK = 120;

/** A page as it is kept for its contact sheet. */
export function thumbnailOf({ width, height, data }: Grey): Grey {
  const [w, h] = [Math.floor(width / SHRINK), Math.floor(height / SHRINK)];
  const small = new Uint8Array(w * h);
  for (let y = 0; y < h; y += 1)
    for (let x = 0; x < w; x += 1) {
      let sum = 0;
      for (let dy = 0; dy < SHRINK; dy += 1)
        for (let dx = 0; dx < SHRINK; dx += 1) sum += data[(y * SHRINK + dy) * width + x * SHRINK + dx] as number;
      small[y * w + x] = sum / SHRINK ** 2;
    }
  return { width: w, height: h, data: small };
}

export function contactSheets(thumbnails: readonly Grey[]): Grey[] {
  const perSheet = COLUMNS * ROWS;
  const count = Math.ceil(thumbnails.length / perSheet);
  return Array.from({ length: count }, (_, i) => contactSheet(thumbnails.slice(i * perSheet, (i + 1) * perSheet)));
}

function contactSheet(thumbnails: readonly Grey[]): Grey {
  const cellWidth = Math.max(...thumbnails.map(({ width }) => width)) + GAP;
  const cellHeight = Math.max(...thumbnails.map(({ height }) => height)) + GAP;
  const width = COLUMNS * cellWidth + GAP;
  const height = Math.ceil(thumbnails.length / COLUMNS) * cellHeight + GAP;
  const data = new Uint8Array(width * height).fill(DESK);
  thumbnails.forEach((one, i) => {
    const left = GAP + (i % COLUMNS) * cellWidth;
    const top = GAP + Math.floor(i / COLUMNS) * cellHeight;
    for (let y = 0; y < one.height; y += 1)
      data.set(one.data.subarray(y * one.width, (y + 1) * one.width), (top + y) * width + left);
  });
  return { width, height, data };
}
