/**
 * Text read back from a page by place: glyphs are put in order by where they stand, never by their order in the file.
 * Nothing is normalised; code points are those of the file.
 */
import { type Box, holds, middleOf } from './geometry.ts';
import type { Glyph, PageLetters } from './page-reading.ts';

/** What stands in the box, lines from top to bottom without a separator between them. */
export function textIn(page: PageLetters, box: Box): string {
  return textOf(glyphsIn(page, box));
}

export function textOf(glyphs: readonly Glyph[]): string {
  return linesOf(glyphs)
    .map((line) => line.map((glyph) => glyph.text).join(''))
    .join('');
}

/**
 * Text without its spaces, for comparing: how many spaces there are, and whether one is left at the end of a wrapped line,
 * cannot be read from paper. Letters are left exactly as they are.
 */
export function lettersOf(text: string): string {
  return text.replace(/\s/gu, '');
}

export interface Word {
  readonly text: string;
  readonly box: Box;
}

/** Runs of letters on one line with neither a space nor a gap between them. */
export function wordsOf(page: PageLetters): Word[] {
  return linesOf(page.glyphs).flatMap((line) => {
    const runs: Glyph[][] = [[]];
    for (const glyph of line) {
      const last = runs.at(-1)?.at(-1);
      const space = lettersOf(glyph.text) === '';
      if (space || (last && gapMm(last, glyph) > Math.max(last.box.hMm, glyph.box.hMm))) runs.push([]);
      if (!space) runs.at(-1)?.push(glyph);
    }
    return runs.filter((run) => run.length > 0).map(toWord);
  });
}

export function glyphsIn({ glyphs }: PageLetters, box: Box): Glyph[] {
  const places = placesOf(glyphs);
  const [bottom, found] = [box.yMm + box.hMm, [] as Glyph[]];
  for (let i = 0; i < glyphs.length; i += 1) {
    const yMm = places[2 * i + 1] as number;
    // Most stand in other lines.
    if (yMm >= box.yMm && yMm <= bottom && holds(box, places[2 * i] as number, yMm)) found.push(glyphs[i] as Glyph);
  }
  return found;
}

const remembered = new WeakMap<readonly Glyph[], Float64Array>();

/** x, y of one after the other; every cell of a page asks for them all. */
function placesOf(glyphs: readonly Glyph[]): Float64Array {
  const known = remembered.get(glyphs);
  if (known) return known;
  const places = Float64Array.from(glyphs.flatMap(placeOf));
  remembered.set(glyphs, places);
  return places;
}

/** A glyph belongs where its outline stands; one without an outline, where the pen stood. */
function placeOf(glyph: Glyph): readonly [number, number] {
  const { wMm, hMm } = glyph.box;
  return wMm > 0 && hMm > 0 ? middleOf(glyph.box) : [glyph.originXMm, glyph.originYMm];
}

/** Same base line within a third of a millimetre. */
function linesOf(glyphs: readonly Glyph[]): Glyph[][] {
  const lines: Glyph[][] = [];
  for (const glyph of [...glyphs].sort((a, b) => a.originYMm - b.originYMm)) {
    const line = lines.at(-1);
    if (line?.[0] && glyph.originYMm - line[0].originYMm < 0.34) line.push(glyph);
    else lines.push([glyph]);
  }
  return lines.map((line) => line.sort((a, b) => a.originXMm - b.originXMm));
}

function gapMm(left: Glyph, right: Glyph): number {
  return right.box.xMm - (left.box.xMm + left.box.wMm);
}

function toWord(run: Glyph[]): Word {
  const xMm = Math.min(...run.map(({ box }) => box.xMm));
  const yMm = Math.min(...run.map(({ box }) => box.yMm));
  const right = Math.max(...run.map(({ box }) => box.xMm + box.wMm));
  const bottom = Math.max(...run.map(({ box }) => box.yMm + box.hMm));
  return { text: run.map((glyph) => glyph.text).join(''), box: { xMm, yMm, wMm: right - xMm, hMm: bottom - yMm } };
}
