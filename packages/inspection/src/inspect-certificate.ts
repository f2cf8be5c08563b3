/**
 * 発行前の点検: the second look at a finished certificate, in the place of the clerk who compares the sheet with the applicant
 * before handing it over. Every letter on every page is accounted for, is really drawn, and stands on the right page.
 */
import type { Expectation, ExpectedCell, PageExpectation } from './expectation.ts';
import type { Finding } from './finding.ts';
import { a4 } from './geometry.ts';
import { inkIn, isBlank, strayInkIn } from './ink.ts';
import { inspectPictures } from './inspect-pictures.ts';
import { inspectSeal } from './inspect-seal.ts';
import { isDrawnLike } from './likeness.ts';
import { checkMargin, marginBox } from './margin.ts';
import type { Glyph, PageReading, PdfReading } from './page-reading.ts';
import { hasShape, isShapedLike } from './shape.ts';
import { glyphsIn, lettersOf, textOf } from './text.ts';

/** What is left in a cell when its letters are taken away: next to nothing, unless a bar or a picture was laid over it. */
const STRAY_INK = 0.004;
const BARE = 0.0005;

type OutlineOf = Expectation['outlineOf'];

/** No findings: it is sound. */
export function inspectCertificate(reading: PdfReading, expected: Expectation): Finding[] {
  const of = expected.pages.length;
  const findings: Finding[] = reading.pages.length === of ? [] : [{ code: 'page-count' }];
  expected.pages.forEach((expectedPage, i) => {
    const page = reading.pages[i];
    if (!page) return;
    findings.push(...checkMargin(page, { orderReference: expected.orderReference, page: i + 1, of }));
    findings.push(...inspectPage(page, expectedPage, expected.outlineOf));
  });
  return findings;
}

function inspectPage(page: PageReading, expected: PageExpectation, outlineOf: OutlineOf): Finding[] {
  const at = { page: page.number };
  const findings: Finding[] = [];
  const accounted = new Set<Glyph>();
  const blank = new Set(page.glyphs.filter((glyph) => isBlank(page, glyph)));
  if (!isA4(page)) findings.push({ code: 'page-size', ...at });
  for (const cell of expected.cells) {
    const glyphs = glyphsIn(page, cell.box);
    findings.push(...inspectCell(page, cell, glyphs, blank));
    for (const glyph of glyphs) accounted.add(glyph);
  }
  const margin = glyphsIn(page, marginBox);
  if (margin.some((glyph) => blank.has(glyph))) findings.push({ code: 'ink-missing', ...at, where: 'margin' });
  for (const glyph of margin) accounted.add(glyph);
  // Of a letter without ink, that much is said already.
  if (page.glyphs.some((glyph) => !blank.has(glyph) && isMisshapen(page, glyph, outlineOf)))
    findings.push({ code: 'shape-differs', ...at });
  const strays = page.glyphs.filter((glyph) => !accounted.has(glyph) && lettersOf(glyph.text) !== '');
  if (strays.length > 0) findings.push({ code: 'text-unaccounted', ...at });
  return [...findings, ...inspectPlaces(page, expected)];
}

function inspectCell(
  page: PageReading,
  { where, box, text }: ExpectedCell,
  glyphs: readonly Glyph[],
  blank: ReadonlySet<Glyph>,
): Finding[] {
  const at = { page: page.number, where };
  const findings: Finding[] = [];
  if (lettersOf(textOf(glyphs)) !== lettersOf(text)) findings.push({ code: 'text-differs', ...at });
  if (glyphs.some((glyph) => blank.has(glyph))) findings.push({ code: 'ink-missing', ...at });
  if (strayInkIn(page, box, glyphs) > STRAY_INK) findings.push({ code: 'ink-excess', ...at });
  return findings;
}

/** Several letters in one glyph have no outline either. */
function isMisshapen(page: PageReading, glyph: Glyph, outlineOf: OutlineOf): boolean {
  if (!outlineOf || !hasShape(glyph.text)) return false;
  const outline = outlineOf(glyph.text);
  return outline === undefined || !isShapedLike(glyph, outline) || !isDrawnLike(page, glyph, outline);
}

/** Places that hold no text: bare paper, pictures and the seal. */
function inspectPlaces(page: PageReading, { bare, seal, pictures = [] }: PageExpectation): Finding[] {
  return [
    ...bare
      .filter((box) => inkIn(page, box) > BARE)
      .map(() => ({ code: 'ink-excess' as const, page: page.number, where: 'bare paper' })),
    ...inspectPictures(page, pictures, seal),
    ...(seal ? inspectSeal(page, seal) : []),
  ];
}

function isA4({ widthMm, heightMm }: PageReading): boolean {
  return Math.abs(widthMm - a4.widthMm) < 0.2 && Math.abs(heightMm - a4.heightMm) < 0.2;
}
