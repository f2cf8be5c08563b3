/**
 * The margin of every page of every kind: order reference and 「n / N」, in the lowest 11 mm of the sheet. All who look at a page
 * look there: a page of another document can then not slip in unnoticed.
 */
import type { Finding } from './finding.ts';
import { a4, type Box } from './geometry.ts';
import type { PageLetters } from './page-reading.ts';
import { lettersOf, textIn } from './text.ts';

export const marginBox: Box = { xMm: 0, yMm: a4.heightMm - 11, wMm: a4.widthMm, hMm: 11 };

export interface MarginExpectation {
  readonly orderReference: string;
  readonly page: number;
  readonly of: number;
}

export function checkMargin(page: PageLetters, expected: MarginExpectation): Finding[] {
  const text = lettersInMargin(page);
  const findings: Finding[] = [];
  if (!text.startsWith(expected.orderReference)) findings.push({ code: 'order-reference', page: expected.page });
  if (text.slice(expected.orderReference.length) !== `${expected.page}/${expected.of}`)
    findings.push({ code: 'page-number', page: expected.page });
  return findings;
}

export function lettersInMargin(page: PageLetters): string {
  return lettersOf(textIn(page, marginBox));
}

/** What must stand there, without spaces. */
export function marginLetters({ orderReference, page, of }: MarginExpectation): string {
  return `${orderReference}${page}/${of}`;
}
