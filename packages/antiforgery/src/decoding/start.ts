/** From a guess to places where marks must be: that is where the mesh begins to grow, and what tells right guesses from wrong ones. */
import { finders, finderUnit, type MeshNode, nodes, type Point, tilesHigh, tilesWide } from '../format/geometry.ts';
import type { Raster } from '../raster.ts';
import type { Corner, Guess } from './guess.ts';
import { cornersFound } from './guess.ts';
import { type Homography, homographyOf, pitchOf, project, type Steps, stepsAt, walk } from './homography.ts';
import { searchMark, searchMarks } from './mark-search.ts';
import { pilotLikeness } from './pilot-likeness.ts';

/** A mark is expected here, give or take `reach` cells. */
export interface Seed {
  readonly node: MeshNode;
  readonly at: Point;
  readonly steps: Steps;
  readonly reach: number;
}

export interface Start {
  readonly homography: Homography;
  /** By corner of the matrix: whether its bullseye was seen. */
  readonly cornerFound: readonly boolean[];
  readonly seeds: readonly Seed[];
  /** How well the pilots round the seeds fit: 0 by chance, 1 at best. */
  readonly likeness: number;
  /** Tiles whose pilots were looked at. */
  readonly tiles: number;
}

export function startFrom(photo: Raster, guess: Guess): Start {
  const homography = homographyOf(finders, guess.corners);
  const cornerFound = guess.corners.map((corner) => corner.found);
  const count = cornersFound(guess);
  if (count === 0) return { homography, cornerFound, ...seedAnywhere(photo, homography) };
  const tried = cornerNodes(count === 4 ? AROUND_SURE : AROUND).filter(({ corner }) => cornerFound[corner]);
  const seeds = tried.map(({ corner, node }) =>
    count === 4
      ? { node, at: project(homography, node.x, node.y), steps: stepsAt(homography, node.x, node.y), reach: 2 }
      : seedFromCorner(homography, corner, guess.corners[corner] as Corner, node),
  );
  const likeness = seeds.reduce((sum, seed) => sum + likenessOf(photo, seed), 0) / seeds.length;
  return {
    homography,
    cornerFound,
    likeness,
    tiles: seeds.length,
    seeds: seeds.filter((_, i) => isAround(tried[i]?.step)),
  };
}

/** Columns and rows from the corner inwards. */
const AROUND = [
  [1, 0],
  [0, 1],
  [1, 1],
] as const;
const AROUND_SURE = [...AROUND, [2, 1], [1, 2]] as const;
type Step = (typeof AROUND_SURE)[number];
const isAround = (step: Step | undefined) => AROUND.some((each) => each === step);

const cornerNodes = (steps: readonly Step[]) =>
  [0, 1, 2, 3].flatMap((corner) =>
    steps.map((step) => {
      const i = corner & 1 ? tilesWide - 1 - step[0] : step[0];
      const j = corner & 2 ? tilesHigh - 1 - step[1] : step[1];
      return { corner, step, node: nodes[j * tilesWide + i] as MeshNode };
    }),
  );

/** The perspective is not known without a fourth corner, but the bullseye’s own size tells the scale beside it. */
function seedFromCorner(h: Homography, corner: number, { unit, ...at }: Corner, node: MeshNode): Seed {
  const finder = finders[corner] as Point;
  const steps = scaled(stepsAt(h, node.x, node.y), unit / finderUnit);
  return { node, at: walk(at, steps, node.x - finder.x, node.y - finder.y), steps, reach: 4 };
}

function scaled(steps: Steps, pitch: number): Steps {
  const factor = pitch / pitchOf(steps);
  return {
    rightX: steps.rightX * factor,
    rightY: steps.rightY * factor,
    downX: steps.downX * factor,
    downY: steps.downY * factor,
  };
}

function likenessOf(photo: Raster, { node, at, steps, reach }: Seed): number {
  return pilotLikeness(photo, node, searchMark(photo, at, steps, reach), steps);
}

/** Other tiles’ marks come in sight as well; their pilots do not fit. */
const WIDE_REACH = 24;
const SIGHTS = 8;
const SEEDS_ANYWHERE = 3;
/** What the best of so many looks like by chance. */
const BEST_OF_MANY = 0.3;
const SPREAD_NODES = nodes.filter(({ i, j }) => [5, 11, 16].includes(i) && [5, 10, 17, 22].includes(j));

/** No bullseye at all, only tapped corners: a few marks whose pilots fit, wherever they are. */
function seedAnywhere(photo: Raster, h: Homography): { seeds: Seed[]; likeness: number; tiles: number } {
  const seeds = SPREAD_NODES.flatMap((node) => clearestMark(photo, h, node))
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, SEEDS_ANYWHERE);
  const likeness = seeds.reduce((sum, seed) => sum + seed.likeness, 0) / SEEDS_ANYWHERE;
  return { seeds, likeness: likeness - BEST_OF_MANY, tiles: SEEDS_ANYWHERE };
}

function clearestMark(photo: Raster, h: Homography, node: MeshNode): (Seed & { likeness: number })[] {
  const steps = stepsAt(h, node.x, node.y);
  return searchMarks(photo, project(h, node.x, node.y), steps, WIDE_REACH, SIGHTS)
    .map((at) => ({ node, at, steps, reach: 1, likeness: pilotLikeness(photo, node, at, steps) }))
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, 1);
}
