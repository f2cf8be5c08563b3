/** 字形の濃淡: an outline as the grey pixels that it leaves on the page’s raster when the pen stands on a corner of a pixel. */
import type { Outline } from './expectation.ts';

/** How much of each pixel is covered, 0 to 1, in rows from the top; the pen is the origin. */
export interface Picture {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly cover: Float32Array;
  /** All of it together. */
  readonly mass: number;
}

/** Lines per pixel: between them an edge counts as straight up. */
const LINES = 8;

export function drawOutline(outline: Outline, sizePx: number): Picture {
  const left = Math.floor(outline.left * sizePx);
  const top = Math.floor(-outline.top * sizePx);
  const width = Math.ceil(outline.right * sizePx) - left;
  const height = Math.ceil(-outline.bottom * sizePx) - top;
  const cover = new Float32Array(width * height);
  const crossings = crossingsOf(outline, sizePx, top, height * LINES);
  crossings.forEach((onLine, line) => {
    const row = Math.floor(line / LINES) * width;
    onLine.sort((a, b) => a.x - b.x);
    let winding = 0;
    onLine.forEach(({ x, direction }, i) => {
      winding += direction;
      const next = onLine[i + 1];
      if (winding !== 0 && next) coverSpan(cover, row, x - left, next.x - left);
    });
  });
  return { left, top, width, height, cover, mass: cover.reduce((sum, share) => sum + share, 0) };
}

interface Crossing {
  readonly x: number;
  readonly direction: 1 | -1;
}

/** Where the outline crosses the middle of each line. */
function crossingsOf(outline: Outline, sizePx: number, top: number, lines: number): Crossing[][] {
  const found: Crossing[][] = Array.from({ length: lines }, () => []);
  const lineOf = (y: number) => (-y * sizePx - top) * LINES - 0.5;
  for (const points of outline.contours()) {
    for (let i = 0; i < points.length; i += 2) {
      const j = (i + 2) % points.length;
      const [ax, bx] = [(points[i] as number) * sizePx, (points[j] as number) * sizePx];
      const [ay, by] = [lineOf(points[i + 1] as number), lineOf(points[j + 1] as number)];
      const last = Math.min(lines - 1, Math.ceil(Math.max(ay, by)) - 1);
      for (let line = Math.max(0, Math.ceil(Math.min(ay, by))); line <= last; line += 1) {
        const x = ax + ((line - ay) / (by - ay)) * (bx - ax);
        found[line]?.push({ x, direction: by > ay ? 1 : -1 });
      }
    }
  }
  return found;
}

function coverSpan(cover: Float32Array, row: number, from: number, to: number): void {
  for (let x = Math.floor(from); x < to; x += 1) {
    const share = Math.min(to, x + 1) - Math.max(from, x);
    cover[row + x] = (cover[row + x] as number) + share / LINES;
  }
}
