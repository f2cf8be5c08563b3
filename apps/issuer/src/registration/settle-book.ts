/**
 * 突合 of a whole book, or of those parts of it that differ. `taken` is written down here, `lost` are the ids among it that the feed
 * should have told of, `kept` those that stay as they are here although the registry says otherwise.
 */
import { type Book, type BookLine, isEnded, settleLine } from './book-line.ts';

export interface TakenLine {
  readonly line: BookLine;
  readonly before: BookLine | undefined;
}
export interface BookNews {
  readonly taken: readonly TakenLine[];
  readonly lost: readonly string[];
  readonly kept: readonly string[];
}

export function settleBook(mine: readonly BookLine[], theirs: readonly BookLine[], book: Book): BookNews {
  const own = new Map(mine.map((line) => [line.id, line]));
  const listed = new Set(theirs.map(({ id }) => id));
  // What the registry does not know at all has ended there.
  const unknownThere = mine.filter((line) => !listed.has(line.id) && !isEnded(line));
  const state = book === 'seals' ? 'cancelled' : 'gone';
  const compared = [...theirs, ...unknownThere.map((line) => ({ ...line, state }) as const)].map((line) => {
    const before = own.get(line.id);
    return { line, before, verdict: settleLine(before, line) };
  });
  const idsOf = (one: string) => compared.filter(({ verdict }) => verdict === one).map(({ line }) => line.id);
  return {
    taken: compared.filter(({ verdict }) => verdict === 'take' || verdict === 'learn'),
    lost: idsOf('take'),
    kept: idsOf('keep'),
  };
}

/** More endings than this in one night are rather a fault of the source, and endings are for good. */
const ENDINGS_MAX = 20;
const ENDINGS_SHARE_MAX = 0.05;

export function hasManyEndings({ taken }: BookNews, mine: readonly BookLine[]): boolean {
  const endings = taken.filter(({ before, line }) => before && !isEnded(before) && isEnded(line)).length;
  return isMany(endings, mine.filter((line) => !isEnded(line)).length);
}

export function isMany(endings: number, open: number): boolean {
  return endings > Math.max(ENDINGS_MAX, open * ENDINGS_SHARE_MAX);
}
