/** What stands on a sheet, as another program is told it: runs of letters of one size on one line, and areas. */
import type { PageReading } from '@machikado/inspection';

export interface Run {
  readonly text: string;
  readonly xMm: number;
  /** Of the base line. */
  readonly yMm: number;
  readonly sizeMm: number;
}

/** Letters further apart than this share of their size are two runs. */
const GAP = 1.3;

export function runsOn({ glyphs }: PageReading): Run[] {
  const runs: Run[] = [];
  let endMm = Number.NaN;
  for (const { text, originXMm: xMm, originYMm: yMm, sizeMm } of glyphs) {
    const last = runs.at(-1);
    const goesOn = last && last.yMm === yMm && last.sizeMm === sizeMm && xMm >= endMm && xMm - endMm < GAP * sizeMm;
    if (goesOn) runs[runs.length - 1] = { ...last, text: last.text + text };
    else runs.push({ text, xMm, yMm, sizeMm });
    endMm = xMm;
  }
  return runs;
}

/** A line; else only its edge is drawn. */
export const isThin = ({ wMm, hMm }: { readonly wMm: number; readonly hMm: number }): boolean => Math.min(wMm, hMm) < 1;
