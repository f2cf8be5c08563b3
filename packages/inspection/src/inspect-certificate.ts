/**
 * 発行前の点検: the second look at a finished certificate, in the place of the clerk who compares the sheet with the applicant
 * before handing it over. Every letter on every page is accounted for, is really drawn, and stands on the right page.
 */
import type { Expectation, ExpectedCell, PageExpectation } from './expectation.ts';
import type { Finding } from './finding.ts';
import { a4, type Box } from './geometry.ts';
import { inkIn, isBlank } from './ink.ts';
import { checkMargin, marginBox } from './margin.ts';
import type { Glyph, PageReading, PdfReading } from './page-reading.ts';
import { glyphsIn, lettersOf, textIn } from './text.ts';

/** Letters in a table never darken their cell so much; a bar or a picture laid over them does. */
const DARKEST_CELL = 0.5;
const BARE = 0.0005;
/** A 公印 is lines on paper: neither a trace nor a block. */
const SEAL_INK = { least: 0.08, most: 0.75 };

/** No findings: it is sound. */
export function inspectCertificate(reading: PdfReading, expected: Expectation): Finding[] {
  const of = expected.pages.length;
  const findings: Finding[] = reading.pages.length === of ? [] : [{ code: 'page-count' }];
  expected.pages.forEach((expectedPage, i) => {
    const page = reading.pages[i];
    if (!page) return;
    findings.push(...checkMargin(page, { orderReference: expected.orderReference, page: i + 1, of }));
    findings.push(...inspectPage(page, expectedPage));
  });
  return findings;
}

function inspectPage(page: PageReading, expected: PageExpectation): Finding[] {
  const at = { page: page.number };
  const findings: Finding[] = [];
  if (!isA4(page)) findings.push({ code: 'page-size', ...at });
  for (const cell of expected.cells) findings.push(...inspectCell(page, cell));
  if (unaccounted(page, expected.cells).length > 0) findings.push({ code: 'text-unaccounted', ...at });
  if (glyphsIn(page, marginBox).some((glyph) => isBlank(page, glyph)))
    findings.push({ code: 'ink-missing', ...at, where: 'margin' });
  for (const box of expected.bare) if (inkIn(page, box) > BARE) findings.push({ code: 'ink-excess', ...at });
  const seal = inkIn(page, expected.seal);
  if (seal < SEAL_INK.least || seal > SEAL_INK.most) findings.push({ code: 'seal-missing', ...at });
  return findings;
}

function inspectCell(page: PageReading, { where, box, text }: ExpectedCell): Finding[] {
  const at = { page: page.number, where };
  const findings: Finding[] = [];
  if (lettersOf(textIn(page, box)) !== lettersOf(text)) findings.push({ code: 'text-differs', ...at });
  if (glyphsIn(page, box).some((glyph) => isBlank(page, glyph))) findings.push({ code: 'ink-missing', ...at });
  if (inkIn(page, box) > DARKEST_CELL) findings.push({ code: 'ink-excess', ...at });
  return findings;
}

/** Letters outside all cells. Spaces count for nothing. */
function unaccounted(page: PageReading, cells: readonly ExpectedCell[]): Glyph[] {
  const known = new Set([...cells.map(({ box }) => box), marginBox].flatMap((box: Box) => glyphsIn(page, box)));
  return page.glyphs.filter((glyph) => lettersOf(glyph.text) !== '' && !known.has(glyph));
}

function isA4({ widthMm, heightMm }: PageReading): boolean {
  return Math.abs(widthMm - a4.widthMm) < 0.2 && Math.abs(heightMm - a4.heightMm) < 0.2;
}
