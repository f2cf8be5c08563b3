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

/** Standardised (U+FE00–FE0F) or ideographic (U+E0100–E01EF). */
export function isVariationSelector(codePoint: number): boolean {
  return (codePoint >= 0xfe00 && codePoint <= 0xfe0f) || (codePoint >= 0xe0100 && codePoint <= 0xe01ef);
}
