/**
 * Where no word is near, the dots of けん制文字 alone tell how the paper lies: the page is cut into blocks, and each is shifted until it explains
 * the paper best. One follows the next, so that a shift which grows along the page is not lost. A block without a piece of 「複写」 in it, or with
 * little paper, goes with those around.
 */
import { solveLinear } from '../decoding/solve-linear.ts';
import { tileSize } from '../paper/copy-warning.ts';
import { blockAt } from './along-blocks.ts';
import {
  around,
  awayFromEdge,
  fitDots,
  inTile,
  type Layers,
  paperIn,
  TILE_DPI,
  type TileShift,
} from './dots-on-paper.ts';
import type { Plane } from './plane.ts';

/** Blocks of a page, row by row: how much farther than the whole each is shifted, tile pixels. */
export interface Drift {
  /** Of a block, pixels of the page. */
  readonly side: number;
  readonly dx: Plane;
  readonly dy: Plane;
}

const BLOCK_MM = 12;
const EDGE_MM = 4;
/** One place of paper in so many is looked at. */
const ONE_IN = 11;
/** How much farther than its neighbours a block may be shifted, tile pixels: first roughly, then finely. */
const STEPS = [-4, -2, 0, 2, 4];
const FINE_STEPS = [-1, 0, 1];
/** With fewer places of paper a block says nothing. */
const PLACES_MIN = 150;
/** Where less than this share is paper, the ink says that nothing drifts; as surely as dots that explain `BY_INK`. */
const DENSE = 0.2;
const BY_INK = 0.3;
/** A block of which less is explained says nothing. */
const EXPLAINED_MIN = 0.08;
/** Blocks so near have a say in what is expected of one. */
const REACH = 2;
/** A block that was found counts so much more in its own shift than its nearest neighbours do. */
const OWN = 1.5;
/** A block that says nothing stands where it was expected, and counts so much where nobody says more. */
const SILENT = 0.001;
/** Against a shift that grows along the page stands that it does not. */
const EVEN = 0.03;

/** How a drift is followed. */
interface Manner {
  /**
   * The next dots of a lattice look the same, so what lies far from where it is expected must explain more: such a share a tile pixel squared.
   */
  readonly farther: number;
  /** So much more stands against a growing shift where little is said. */
  readonly even: number;
}

/** The first loses no page that bends much at its end, the second is not led astray by pages that are full of ink. */
const MANNERS: readonly Manner[] = [
  { farther: 0.01, even: 0.005 },
  { farther: 0.02, even: 0.03 },
];

const STILL: TileShift = { dx: 0, dy: 0 };

interface Block extends TileShift {
  /** Share of the paper's unevenness that is explained there; 0 when it says nothing. */
  readonly says: number;
}

/** Places of a block, with the column and the line of the tile that are there when it does not drift. */
interface Paper {
  readonly places: Int32Array;
  readonly columns: Int32Array;
  readonly lines: Int32Array;
  /** Of the block that is paper, without the edge of the page. */
  readonly share: number;
}

/** One for each manner of following. */
export function findDrifts(layers: Layers, tone: Plane, distance: Uint8Array, dpi: number, shift: TileShift): Drift[] {
  const side = Math.round((BLOCK_MM / 25.4) * dpi);
  const grid = { columns: Math.ceil(tone.width / side), rows: Math.ceil(tone.height / side) };
  const papers = papersOf(tone, distance, dpi, shift, side, grid);
  const explained = remembered((block, by) => {
    const paper = papers[block] as Paper;
    if (paper.places.length < PLACES_MIN) return 0;
    const { explained, ground, letters } = fitDots(layers, tone, paper.places, pixelsOf(paper, by));
    return ground < 0 || letters < 0 ? 0 : explained;
  });
  const isDense = (block: number) => (papers[block] as Paper).share < DENSE;
  return MANNERS.map((manner) => {
    const blocks = follow(grid, manner, isDense, explained);
    const plane = (way: 'dx' | 'dy'): Plane => ({
      width: grid.columns,
      height: grid.rows,
      values: Float32Array.from(blocks, (block) => block[way]),
    });
    return { side, dx: plane('dx'), dy: plane('dy') };
  });
}

type Explained = (block: number, by: TileShift) => number;

/** Rough and fine steps meet, and each manner asks for much of what the other did. */
function remembered(explained: Explained): Explained {
  const known = new Map<string, number>();
  return (block, by) => {
    const key = `${block} ${by.dx} ${by.dy}`;
    const share = known.get(key) ?? explained(block, by);
    known.set(key, share);
    return share;
  };
}

/** At one place of the page. */
export function driftAt({ side, dx, dy }: Drift, x: number, y: number): TileShift {
  const [u, v] = [x / side, y / side];
  return { dx: blockAt(dx, u, v), dy: blockAt(dy, u, v) };
}

/** From the block that is explained best to those beside it, always on to the one of which the most is known. */
function follow(grid: Grid, manner: Manner, isDense: (block: number) => boolean, explained: Explained): TileShift[] {
  const count = grid.columns * grid.rows;
  const found = new Map<number, Block>();
  const known = new Map<number, number>();
  const undrifted = Array.from({ length: count }, (_, block) => (isDense(block) ? 0 : explained(block, STILL)));
  known.set(undrifted.indexOf(Math.max(...undrifted)), 0);
  while (known.size > 0) {
    const [next] = [...known].reduce((a, b) => (b[1] > a[1] ? b : a));
    known.delete(next);
    const block = isDense(next)
      ? { ...STILL, says: BY_INK }
      : lookAround(rounded(expectedAt(next, grid, manner, found)), manner, (by) => explained(next, by));
    found.set(next, block);
    for (const beside of blocksAround(next, grid, 1))
      if (!found.has(beside)) known.set(beside, (known.get(beside) ?? 0) + block.says);
  }
  return Array.from({ length: count }, (_, block) => expectedAt(block, grid, manner, found));
}

function lookAround(near: TileShift, { farther }: Manner, explained: (by: TileShift) => number): Block {
  let most = { ...near, says: 0, worth: EXPLAINED_MIN };
  for (const steps of [STEPS, FINE_STEPS])
    for (const by of around(most, steps)) {
      const says = explained(by);
      const worth = says * (1 - farther * ((by.dx - near.dx) ** 2 + (by.dy - near.dy) ** 2));
      if (worth > most.worth) most = { ...by, says, worth };
    }
  return most;
}

/** What the blocks around say of one, if the shift grows evenly among them; and what it says itself, if it was found. */
function expectedAt(block: number, grid: Grid, manner: Manner, found: ReadonlyMap<number, Block>): TileShift {
  const [x, y] = placeOf(block, grid);
  const words = blocksAround(block, grid, REACH).flatMap((other) => {
    const there = found.get(other);
    if (!there) return [];
    const [u, v] = placeOf(other, grid);
    const [a, b] = [u - x, v - y];
    const nearness = other === block ? OWN : Math.exp(-(a * a + b * b) / REACH);
    return { a, b, dx: there.dx, dy: there.dy, weight: (there.says + SILENT) * nearness };
  });
  if (words.length === 0) return STILL;
  const sum = (of: (word: (typeof words)[number]) => number) => words.reduce((all, word) => all + of(word), 0);
  const n = sum(({ weight }) => weight);
  const [a, b] = [sum((word) => word.weight * word.a), sum((word) => word.weight * word.b)];
  const ab = sum((word) => word.weight * (word.a * word.b));
  const even = EVEN * n + manner.even;
  const [aa, bb] = [sum((word) => word.weight * word.a ** 2) + even, sum((word) => word.weight * word.b ** 2) + even];
  const here = (way: 'dx' | 'dy') =>
    solveLinear([
      Float64Array.of(
        n,
        a,
        b,
        sum((word) => word.weight * word[way]),
      ),
      Float64Array.of(
        a,
        aa,
        ab,
        sum((word) => word.weight * word.a * word[way]),
      ),
      Float64Array.of(
        b,
        ab,
        bb,
        sum((word) => word.weight * word.b * word[way]),
      ),
    ])[0] as number;
  return { dx: here('dx'), dy: here('dy') };
}

const rounded = ({ dx, dy }: TileShift): TileShift => ({ dx: Math.round(dx), dy: Math.round(dy) });

interface Grid {
  readonly columns: number;
  readonly rows: number;
}

const placeOf = (block: number, { columns }: Grid) => [block % columns, Math.floor(block / columns)] as const;

/** With the block itself. */
function blocksAround(block: number, grid: Grid, reach: number): number[] {
  const [x, y] = placeOf(block, grid);
  const blocks: number[] = [];
  for (let v = Math.max(0, y - reach); v <= Math.min(grid.rows - 1, y + reach); v++)
    for (let u = Math.max(0, x - reach); u <= Math.min(grid.columns - 1, x + reach); u++)
      blocks.push(v * grid.columns + u);
  return blocks;
}

function papersOf(
  tone: Plane,
  distance: Uint8Array,
  dpi: number,
  { dx, dy }: TileShift,
  side: number,
  grid: Grid,
): Paper[] {
  const scale = TILE_DPI / dpi;
  const edge = Math.round((EDGE_MM / 25.4) * dpi);
  return Array.from({ length: grid.columns * grid.rows }, (_, block) => {
    const [left, top] = placeOf(block, grid).map((place) => place * side) as [number, number];
    const region = awayFromEdge({ left, top, right: left + side, bottom: top + side }, tone, edge);
    const places = paperIn(region, tone, distance, ONE_IN);
    const area = Math.max(0, region.right - region.left) * Math.max(0, region.bottom - region.top);
    return {
      places,
      share: area > 0 ? (places.length * ONE_IN) / area : 1,
      columns: places.map((at) => inTile(at % tone.width, scale, dx, tileSize.width)),
      lines: places.map((at) => inTile(Math.floor(at / tone.width), scale, dy, tileSize.height)),
    };
  });
}

/** Of the tile, when the block drifts by whole tile pixels. */
function pixelsOf({ columns, lines }: Paper, { dx, dy }: TileShift): Int32Array {
  const { width, height } = tileSize;
  const [right, down] = [((dx % width) + width) % width, ((dy % height) + height) % height];
  return columns.map((column, k) => {
    const [x, y] = [column + right, (lines[k] as number) + down];
    return (y < height ? y : y - height) * width + (x < width ? x : x - width);
  });
}
