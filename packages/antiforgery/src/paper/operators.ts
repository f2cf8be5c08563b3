/** Pieces of page content, in the space of places.ts: whole device pixels, y downwards. */
import { type PxBox, pointsPerPx, sheetPx } from './places.ts';

export const sheetPt = {
  width: rounded(sheetPx.width * pointsPerPx),
  height: rounded(sheetPx.height * pointsPerPx),
} as const;
/** From the points of a page, upwards, to pixels, downwards. */
export const toPixels = [pointsPerPx, 0, 0, -pointsPerPx, 0, sheetPt.height].join(' ');
/** The same for a pattern, whose tiles renderers lay on whole pixels: a little off the grid, so that rounding falls alike for all of them. */
export const patternToPixels = [
  ...[pointsPerPx, 0, 0, -pointsPerPx],
  ...[0.03 * pointsPerPx, sheetPt.height - 0.03 * pointsPerPx].map(rounded),
].join(' ');
/** Black ink alone. */
export const blackInk = '0 0 0 1';

export const rectangles = (boxes: readonly PxBox[]): string =>
  boxes.map(({ x, y, width, height }) => `${x} ${y} ${width} ${height} re\n`).join('');

/**
 * A picture so that its first row is the upper one. It is drawn a hair inside its box: renderers calculate with single precision and move
 * the edges of a picture outwards to whole pixels, so an edge that came out a hair outside would cost one pixel, and all cells with it.
 */
export const picture = (name: string, { x, y, width, height }: PxBox): string =>
  `q ${width - 2 * HAIR} 0 0 ${-(height - 2 * HAIR)} ${x + HAIR} ${y + height - HAIR} cm /${name} Do Q\n`;

/** Pixels. */
const HAIR = 0.05;

/** Part of a path: four curves. */
export function circle(x: number, y: number, radius: number): string {
  const arm = radius * 0.5522847498;
  const quarter = ([a, b]: readonly [number, number]) => {
    const from = [x + radius * a - arm * b, y + radius * b + arm * a];
    const to = [x - radius * b + arm * a, y + radius * a + arm * b];
    return `${[...from, ...to, x - radius * b, y + radius * a].map(rounded).join(' ')} c\n`;
  };
  return `${rounded(x + radius)} ${rounded(y)} m\n${quarters.map(quarter).join('')}h\n`;
}

const quarters = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const;

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
