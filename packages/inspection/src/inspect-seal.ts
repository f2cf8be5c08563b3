/**
 * 公印: it stands at its place, is as large as it has to be, and is there in all its parts. Its picture is the municipality’s own, so its letters are
 * not read; but every seal fills its square with letters and frame, on an opaque ground.
 */
import type { Finding } from './finding.ts';
import { type Box, isSameBox, isWithin, unionOf } from './geometry.ts';
import { inkIn } from './ink.ts';
import type { PageReading } from './page-reading.ts';

/** Lines on paper: neither a trace nor a block. */
const INK = { least: 0.08, most: 0.75 };
/** A seal is looked at in so many rows and columns; where there is nearly nothing in one, something covers it. */
const PARTS = 5;
const INK_OF_PART = 0.02;

export function inspectSeal(page: PageReading, seal: Box): Finding[] {
  const at = { page: page.number, where: 'seal' };
  const drawn = page.drawings.map(({ box }) => box).filter((box) => isWithin(box, seal));
  const ink = inkIn(page, seal);
  if (drawn.length === 0 || ink < INK.least || ink > INK.most) return [{ code: 'seal-missing', ...at }];
  const findings: Finding[] = [];
  if (!isSameBox(unionOf(drawn), seal)) findings.push({ code: 'seal-size', ...at });
  if (partsOf(seal).some((part) => inkIn(page, part) < INK_OF_PART)) findings.push({ code: 'seal-covered', ...at });
  return findings;
}

function partsOf({ xMm, yMm, wMm, hMm }: Box): Box[] {
  const [wide, tall] = [wMm / PARTS, hMm / PARTS];
  return Array.from({ length: PARTS * PARTS }, (_, i) => ({
    xMm: xMm + (i % PARTS) * wide,
    yMm: yMm + Math.floor(i / PARTS) * tall,
    wMm: wide,
    hMm: tall,
  }));
}
