/**
 * Places where a line through a black-and-white picture meets a bullseye: black, white, black, white, black as 1:1:3:1:1, to the right and
 * downwards alike.
 */
import type { Point } from '../format/geometry.ts';

export interface BullseyeSign extends Point {
  /** A seventh of the bullseye’s width and height, in pixels: seen aslant it is flattened. */
  readonly unitX: number;
  readonly unitY: number;
}

export interface BlackAndWhite {
  readonly width: number;
  readonly height: number;
  readonly dark: Uint8Array;
}

const UNIT_MIN = 1.6;
const DISC_MIN = 4;

export function findBullseyeSigns(picture: BlackAndWhite): BullseyeSign[] {
  const { width, height, dark } = picture;
  const longest = Math.max(width, height) / 20;
  const signs: BullseyeSign[] = [];
  for (let y = 3; y < height - 3; y += 2) {
    const row = y * width;
    for (let x = 1; x < width - 1; x++) {
      if (!dark[row + x] || dark[row + x - 1]) continue;
      const start = x;
      while (x < width && dark[row + x]) x++;
      if (x - start < DISC_MIN || x - start > longest) continue;
      const sign = signAt(picture, (start + x - 1) / 2, y);
      if (sign) signs.push(sign);
    }
  }
  return signs;
}

function signAt(picture: BlackAndWhite, x: number, y: number): BullseyeSign | undefined {
  const across = runsFrom(picture, Math.round(x), y, 1);
  const unitX = across && unitOf(across, 0.55);
  if (!unitX) return undefined;
  const downwards = runsFrom(picture, Math.round(x), y, picture.width);
  const unitY = downwards && unitOf(downwards, 0.6);
  if (!unitY || unitY / unitX < 0.6 || unitY / unitX > 1.66) return undefined;
  const [, , above, below] = downwards;
  return { x, y: y + (below - above) / 2, unitX, unitY };
}

/** Lengths of ring, gap, half disc, half disc, gap, ring. */
type Runs = [number, number, number, number, number, number];

function runsFrom(picture: BlackAndWhite, x: number, y: number, step: number): Runs | undefined {
  const before = halfRuns(picture, x, y, -step);
  const after = before && halfRuns(picture, x, y, step);
  return after && [before[2], before[1], before[0], after[0], after[1], after[2]];
}

/** Outwards from the middle: what is left of the disc, the gap, the ring. Nothing, if the picture ends first. */
function halfRuns({ width, height, dark }: BlackAndWhite, x: number, y: number, step: number) {
  const inRow = Math.abs(step) === 1;
  const room = step < 0 ? (inRow ? x : y) : inRow ? width - 1 - x : height - 1 - y;
  const longest = Math.max(width, height) / 12;
  const runs: [number, number, number] = [0, 0, 0];
  let at = y * width + x;
  let run = 0;
  for (let i = 0; i < room; i++) {
    at += step;
    if (dark[at] === (run === 1 ? 0 : 1)) {
      runs[run] = (runs[run] as number) + 1;
      if ((runs[run] as number) > longest) return undefined;
    } else if (run === 2) return runs;
    else runs[++run] = 1;
  }
  return undefined;
}

/** The unit, if the proportions are those of a bullseye. */
function unitOf([ring1, gap1, half1, half2, gap2, ring2]: Runs, tolerance: number): number | undefined {
  const disc = half1 + half2 + 1;
  const unit = (ring1 + gap1 + disc + gap2 + ring2) / 7;
  if (unit < UNIT_MIN || Math.abs(disc - 3 * unit) > 2.25 * unit * tolerance) return undefined;
  const fits = (length: number) => Math.abs(length - unit) <= unit * tolerance + 0.8;
  return fits(ring1) && fits(gap1) && fits(gap2) && fits(ring2) ? unit : undefined;
}
