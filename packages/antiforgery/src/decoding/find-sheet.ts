/** Finds the scrambled image: looks for bullseyes in ever other ways until a guess is borne out by the pilots. */
import { cellsHigh, cellsWide, finders } from '../format/geometry.ts';
import type { Raster } from '../raster.ts';
import { cornersFound, type Guess, guessesFrom } from './guess.ts';
import { guessesFromTaps, type Taps } from './guess-from-taps.ts';
import { homographyOf, pitchOf, stepsAt } from './homography.ts';
import { type Finder, lookForFinders, looks, mergeFinders } from './locate-finders.ts';
import type { Pyramid } from './shrink.ts';
import { type Start, startFrom } from './start.ts';

export interface FoundSheet {
  /** The photo, or a smaller picture of it in which a cell still has enough pixels. */
  readonly picture: Raster;
  /** Pixels per cell in that picture. */
  readonly pitch: number;
  readonly start: Start;
  /** Bullseyes of it that were found. */
  readonly found: number;
  /** In the photo itself. */
  readonly pixelsPerCell: number;
}

export interface NoSheet {
  /** Bullseyes in sight that might be its corners. */
  readonly found: number;
}

/** In units of chance: how far the pilots of a wrong guess agree, give or take. */
const CHANCE = 0.16;
const SURE = 8;
const PLAUSIBLE = 3.5;
const certainty = ({ likeness, tiles }: Start): number => (likeness * Math.sqrt(tiles)) / CHANCE;

export function findSheet(pyramid: Pyramid, taps?: Taps): FoundSheet | NoSheet {
  let seen: Finder[] = [];
  let best: FoundSheet | undefined;
  let found = 0;
  for (const look of looks) {
    const before = seen;
    seen = mergeFinders(seen, lookForFinders(pyramid, look));
    if (look !== looks[0] && seen.length === before.length && seen.every((finder) => before.includes(finder))) continue;
    found = Math.max(found, Math.min(1, seen.length));
    for (const guess of [...(taps ? guessesFromTaps(taps, seen) : []), ...guessesFrom(seen)]) {
      found = Math.max(found, cornersFound(guess));
      const sheet = tryGuess(pyramid, guess);
      if (!sheet || sheet.start.likeness <= (best?.start.likeness ?? 0)) continue;
      best = sheet;
      if (certainty(best.start) > SURE) return best;
    }
  }
  return best && certainty(best.start) > PLAUSIBLE ? best : { found };
}

/** Enough pixels in a cell to sample it twice; more only cost time. */
const PITCH_MAX = 5;
const PITCH_MIN = 0.6;

function tryGuess(pyramid: Pyramid, guess: Guess): FoundSheet | undefined {
  const whole = homographyOf(finders, guess.corners);
  const pixelsPerCell = pitchOf(stepsAt(whole, cellsWide / 2, cellsHigh / 2));
  if (!(pixelsPerCell >= PITCH_MIN && pixelsPerCell < 100 * PITCH_MAX)) return undefined;
  const level = Math.max(0, Math.ceil(Math.log2(pixelsPerCell / PITCH_MAX)));
  const scale = 2 ** -level;
  const corners = guess.corners.map(({ x, y, unit, found }) => ({
    x: x * scale,
    y: y * scale,
    unit: unit * scale,
    found,
  })) as unknown as Guess['corners'];
  const picture = pyramid.level(level);
  const start = startFrom(picture, { ...guess, corners });
  return { picture, pitch: pixelsPerCell * scale, start, found: cornersFound(guess), pixelsPerCell };
}
