/**
 * What the center can check of a document without knowing anything about the person: the pages are those of the binding record,
 * in number, order and picture; each carries this order in its margin; each name hashes to the reference in the record and
 * is really drawn.
 */
import type { BindingRecord, NameBox } from '@machikado/protocol';
import type { Finding } from './finding.ts';
import { isBlank } from './ink.ts';
import { checkMargin } from './margin.ts';
import type { PageReading, PdfReading } from './page-reading.ts';
import { glyphsIn, lettersOf, textIn } from './text.ts';

export interface BindingKeys {
  /** HMAC under the key of this order of a name without its spaces. */
  readonly nameRef: (name: string) => string;
}

export function checkAgainstBinding(
  reading: PdfReading,
  record: Pick<BindingRecord, 'orderReference' | 'pages' | 'nameBoxes'>,
  keys: BindingKeys,
): Finding[] {
  const of = record.pages.length;
  const findings: Finding[] = reading.pages.length === of ? [] : [{ code: 'page-count' }];
  record.pages.forEach((expected, i) => {
    const page = reading.pages[i];
    if (expected.page !== i + 1 || expected.of !== of) findings.push({ code: 'page-number', page: i + 1 });
    if (!page) return;
    if (page.digest !== expected.digest) findings.push({ code: 'page-digest', page: i + 1 });
    findings.push(...checkMargin(page, { orderReference: record.orderReference, page: i + 1, of }));
  });
  record.nameBoxes.forEach((box, i) => {
    findings.push(...checkName(reading.pages[box.page - 1], box, `name ${i + 1}`, keys));
  });
  return findings;
}

function checkName(page: PageReading | undefined, box: NameBox, where: string, { nameRef }: BindingKeys): Finding[] {
  if (!page) return [{ code: 'name-differs', page: box.page, where }];
  const at = { page: box.page, where };
  const findings: Finding[] = [];
  if (nameRef(lettersOf(textIn(page, box))) !== box.nameRef) findings.push({ code: 'name-differs', ...at });
  const glyphs = glyphsIn(page, box);
  if (glyphs.length === 0 || glyphs.some((glyph) => isBlank(page, glyph)))
    findings.push({ code: 'ink-missing', ...at });
  return findings;
}
