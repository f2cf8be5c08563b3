/** The sheets of a document as HTML, each run and each area at its place. */
import type { PdfReading } from '@machikado/inspection';
import { isThin, runsOn } from './runs.ts';

export function pageAround(fontUrl: string): string {
  return `<!doctype html><meta charset="utf-8"><style>
@font-face { font-family: sheet; src: url(${fontUrl}) }
@page { size: 210mm 297mm; margin: 0 }
body { margin: 0; font-family: sheet }
section { position: relative; width: 210mm; height: 296.9mm; overflow: hidden; break-after: page }
i { position: absolute; white-space: pre; font-style: normal; line-height: 0 }
b { position: absolute }
</style>`;
}

export function htmlOf({ pages }: PdfReading): string {
  const sections = pages.map((page) => {
    const words = runsOn(page).map(
      ({ text, xMm, yMm, sizeMm }) =>
        `<i style="left:${xMm}mm;top:${yMm - 0.35 * sizeMm}mm;font-size:${sizeMm}mm">${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</i>`,
    );
    const areas = page.drawings.map(
      ({ box }) =>
        `<b style="left:${box.xMm}mm;top:${box.yMm}mm;width:${box.wMm}mm;height:${box.hMm}mm;${isThin(box) ? 'background:#000' : 'outline:.1mm solid #000'}"></b>`,
    );
    return `<section>${words.join('')}${areas.join('')}</section>`;
  });
  return sections.join('');
}
