/** 印影: the stored picture stands at its place, at its own size to a tenth of a millimetre, whole, and with bare paper round it. */
import { readBilevelPng } from './bilevel-png.ts';
import type { ExpectedPicture } from './expectation.ts';
import type { Finding } from './finding.ts';
import { type Box, isSameBox } from './geometry.ts';
import { inkIn } from './ink.ts';
import type { PageReading } from './page-reading.ts';
import { pictureDifference } from './picture-likeness.ts';

/** The same picture differs by less than a hundredth, even where its edge falls on the edge of a pixel. */
const DIFFERENT = 0.015;
const BARE = 0.0005;
/** Half a line of the grid and a pixel; what the picture itself leaves on the pixels round it. */
const EDGE_MM = 0.35;

export function inspectPictures(page: PageReading, expected: readonly ExpectedPicture[], seal?: Box): Finding[] {
  const images = page.drawings.filter(({ image }) => image).map(({ box }) => box);
  const known = [...expected.map(({ box }) => box), ...(seal ? [seal] : [])];
  const strange = images.filter((box) => !known.some((one) => isSameBox(box, one)));
  return [
    ...expected.flatMap((picture) => inspectPicture(page, picture, images)),
    ...strange.map(() => ({ code: 'picture-unexpected' as const, page: page.number })),
  ];
}

function inspectPicture(
  page: PageReading,
  { where, area, box, png }: ExpectedPicture,
  images: readonly Box[],
): Finding[] {
  const at = { page: page.number, where };
  const findings: Finding[] = [];
  const found = images.find((image) => isSameBox(image, box));
  const picture = readBilevelPng(png);
  if (!found) findings.push({ code: 'picture-missing', ...at });
  else if (!picture || pictureDifference(page, found, picture) > DIFFERENT)
    findings.push({ code: 'picture-differs', ...at });
  if (around(area, box).some((strip) => inkIn(page, strip) > BARE)) findings.push({ code: 'ink-excess', ...at });
  return findings;
}

/** Four strips: above, below, left, right. */
function around(area: Box, box: Box): Box[] {
  const left = area.xMm + EDGE_MM;
  const top = area.yMm + EDGE_MM;
  const [width, height] = [area.wMm - 2 * EDGE_MM, area.hMm - 2 * EDGE_MM];
  const right = box.xMm + box.wMm + EDGE_MM;
  const below = box.yMm + box.hMm + EDGE_MM;
  return [
    { xMm: left, yMm: top, wMm: width, hMm: box.yMm - EDGE_MM - top },
    { xMm: left, yMm: below, wMm: width, hMm: top + height - below },
    { xMm: left, yMm: top, wMm: box.xMm - EDGE_MM - left, hMm: height },
    { xMm: right, yMm: top, wMm: left + width - right, hMm: height },
  ];
}
