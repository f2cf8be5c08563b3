/**
 * Letters as people see them (字). Text of the ledger is never normalised: NFC would turn 神 (U+FA19) into 神 (U+795E), another
 * letter. A base with its variation selector (異体字セレクタ, IVS) is one letter and is never cut.
 */
const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' });

export function graphemesOf(text: string): string[] {
  return Array.from(segmenter.segment(text), (part) => part.segment);
}

export function countGraphemes(text: string): number {
  return graphemesOf(text).length;
}

/** A base letter with a variation selector: standardised (U+FE00–FE0F) or ideographic (U+E0100–E01EF). */
export interface VariationSequence {
  readonly base: number;
  readonly selector: number;
}

export function variationSequencesOf(text: string): VariationSequence[] {
  const points = Array.from(text, (letter) => letter.codePointAt(0) as number);
  return points.flatMap((selector, i) => {
    const base = points[i - 1];
    return isVariationSelector(selector) && base !== undefined ? [{ base, selector }] : [];
  });
}

export function isVariationSelector(codePoint: number): boolean {
  return (codePoint >= 0xfe00 && codePoint <= 0xfe0f) || (codePoint >= 0xe0100 && codePoint <= 0xe01ef);
}
