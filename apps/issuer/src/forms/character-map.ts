/**
 * What letters a font has: the `cmap` table (OpenType 1.9, formats 4, 12 and 14). Looked up by our own code, because every
 * typesetting library draws the base letter when a variation sequence is missing, and says nothing.
 */
import { getTable } from './font-tables.ts';

export interface CharacterMap {
  readonly codePoints: Iterable<number>;
  has(codePoint: number): boolean;
  /** Selectors that the font knows with this base. */
  selectorsOf(base: number): readonly number[];
  /** The very sequence; the base letter alone is no substitute. */
  hasSequence(base: number, selector: number): boolean;
  /** Number of the glyph that draws a letter, with its selector if there is one. */
  glyphOf(base: number, selector?: number): number | undefined;
}

export function readCharacterMap(font: Uint8Array): CharacterMap {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const cmap = getTable(view, 'cmap');
  const letters = new Map<number, number>();
  const sequences: Sequences = new Map();
  for (let i = 0; i < view.getUint16(cmap + 2); i += 1) {
    const record = cmap + 4 + i * 8;
    const platform = view.getUint16(record);
    const table = cmap + view.getUint32(record + 4);
    const format = view.getUint16(table);
    if (format === 4 && (platform === 0 || platform === 3)) readFormat4(view, table, letters);
    if (format === 12) readFormat12(view, table, letters);
    if (format === 14) readFormat14(view, table, sequences);
  }
  return {
    codePoints: { [Symbol.iterator]: () => letters.keys() },
    has: (codePoint) => letters.has(codePoint),
    selectorsOf: (base) => [...(sequences.get(base)?.keys() ?? [])],
    hasSequence: (base, selector) => sequences.get(base)?.has(selector) ?? false,
    glyphOf(base, selector) {
      const glyph = selector === undefined ? 'as base' : sequences.get(base)?.get(selector);
      return glyph === 'as base' ? letters.get(base) : glyph;
    },
  };
}

/** A font’s letters for which `allowed` holds, as if it had no others. */
export function onlyLetters(characters: CharacterMap, allowed: (codePoint: number) => boolean): CharacterMap {
  return {
    codePoints: [...characters.codePoints].filter(allowed),
    has: (codePoint) => allowed(codePoint) && characters.has(codePoint),
    selectorsOf: (base) => (allowed(base) ? characters.selectorsOf(base) : []),
    hasSequence: (base, selector) => allowed(base) && characters.hasSequence(base, selector),
    glyphOf: (base, selector) => (allowed(base) ? characters.glyphOf(base, selector) : undefined),
  };
}

type Sequences = Map<number, Map<number, number | 'as base'>>;

function addSequence(sequences: Sequences, base: number, selector: number, glyph: number | 'as base'): void {
  const ofBase = sequences.get(base) ?? new Map<number, number | 'as base'>();
  sequences.set(base, ofBase.set(selector, glyph));
}

/** Segment mapping to delta values: the Basic Multilingual Plane. */
function readFormat4(view: DataView, table: number, letters: Map<number, number>): void {
  const segments = view.getUint16(table + 6) / 2;
  const [ends, starts] = [table + 14, table + 16 + segments * 2];
  const [deltas, ranges] = [starts + segments * 2, starts + segments * 4];
  for (let i = 0; i < segments; i += 1) {
    const end = view.getUint16(ends + i * 2);
    const delta = view.getUint16(deltas + i * 2);
    const range = ranges + i * 2;
    const rangeOffset = view.getUint16(range);
    const start = view.getUint16(starts + i * 2);
    for (let letter = start; letter <= end && letter !== 0xffff; letter += 1) {
      const index = rangeOffset === 0 ? letter : view.getUint16(range + rangeOffset + (letter - start) * 2);
      const glyph = index === 0 ? 0 : (index + delta) & 0xffff;
      if (glyph !== 0) letters.set(letter, glyph);
    }
  }
}

/** Segmented coverage: all planes. */
function readFormat12(view: DataView, table: number, letters: Map<number, number>): void {
  for (let i = 0; i < view.getUint32(table + 12); i += 1) {
    const group = table + 16 + i * 12;
    const [start, end, glyph] = [view.getUint32(group), view.getUint32(group + 4), view.getUint32(group + 8)];
    for (let letter = start; letter <= end; letter += 1)
      if (glyph + letter - start !== 0) letters.set(letter, glyph + letter - start);
  }
}

/** Variation sequences: those that mean the ordinary glyph (default) and those with a glyph of their own. */
function readFormat14(view: DataView, table: number, sequences: Sequences): void {
  for (let i = 0; i < view.getUint32(table + 6); i += 1) {
    const record = table + 10 + i * 11;
    const selector = uint24(view, record);
    const defaults = view.getUint32(record + 3);
    const own = view.getUint32(record + 7);
    for (let n = 0; defaults !== 0 && n < view.getUint32(table + defaults); n += 1) {
      const range = table + defaults + 4 + n * 4;
      for (let more = 0; more <= view.getUint8(range + 3); more += 1)
        addSequence(sequences, uint24(view, range) + more, selector, 'as base');
    }
    for (let n = 0; own !== 0 && n < view.getUint32(table + own); n += 1) {
      const row = table + own + 4 + n * 5;
      addSequence(sequences, uint24(view, row), selector, view.getUint16(row + 3));
    }
  }
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at) * 256 + view.getUint8(at + 2);
}
