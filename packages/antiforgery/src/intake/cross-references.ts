/**
 * Where objects stand (ISO 32000-1 section 7.5): tables, streams, both in one file, and older revisions behind them. Read as it is
 * written or refused; a damaged one is not rebuilt by searching, because the search of another program could find other objects.
 */
import { intakeLimits } from './intake-limits.ts';
import { IntakeRefusal } from './intake-refusal.ts';
import { Lexer } from './lexer.ts';
import { parseValue } from './parse-object.ts';
import { type Dict, isArray, isDict } from './values.ts';

export type Entry =
  | { readonly kind: 'free' }
  | { readonly kind: 'at'; readonly offset: number; readonly generation: number }
  | { readonly kind: 'in'; readonly container: number; readonly index: number };

export interface CrossReferences {
  /** The newest dictionary. */
  readonly trailer: Dict;
  /** What each number means today. */
  readonly entries: ReadonlyMap<number, Entry>;
  /** Every place that any revision names, by offset. */
  readonly places: ReadonlyMap<number, { readonly number: number; readonly generation: number }>;
  /** The parts of the file that tables and their trailers take. */
  readonly extents: readonly Extent[];
}

export type Extent = readonly [start: number, end: number];

/** Reads the stream at an offset, whose number is not known yet; its own references cannot be followed. */
export type ReadAt = (offset: number) => { readonly dict: Dict; readonly data: Uint8Array; readonly end: number };

interface Section {
  readonly dict: Dict;
  readonly entries: Map<number, Entry>;
  readonly extents: Extent[];
}

export function readCrossReferences(bytes: Buffer, readAt: ReadAt): CrossReferences {
  const entries = new Map<number, Entry>();
  const places = new Map<number, { number: number; generation: number }>();
  const extents: Extent[] = [];
  const seen = new Set<number>();
  let next: number | undefined = startOf(bytes);
  let trailer: Dict | undefined;
  while (next !== undefined) {
    if (seen.has(next)) throw new IntakeRefusal('BROKEN', 'cross-references that lead in a circle');
    seen.add(next);
    if (seen.size > intakeLimits.sectionsMax) throw new IntakeRefusal('TOO_COMPLEX', 'very many revisions');
    const section = readSection(bytes, next, readAt, places);
    if (section.dict.has('Encrypt')) throw new IntakeRefusal('ENCRYPTED', '/Encrypt');
    for (const [number, entry] of section.entries) if (!entries.has(number)) entries.set(number, entry);
    extents.push(...section.extents);
    trailer ??= section.dict;
    next = offsetIn(section.dict, 'Prev', bytes.length);
  }
  return { trailer: trailer as Dict, entries, places, extents };
}

function readSection(
  bytes: Buffer,
  offset: number,
  readAt: ReadAt,
  places: Map<number, { number: number; generation: number }>,
): Section {
  const words = new Lexer(bytes, offset);
  const section = words.skipWord('xref') ? readTable(words, offset) : readXrefStream(offset, readAt);
  const hybrid = offsetIn(section.dict, 'XRefStm', bytes.length);
  if (hybrid !== undefined) addHidden(section, readXrefStream(hybrid, readAt));
  for (const [number, entry] of section.entries) if (entry.kind === 'at') notePlace(places, number, entry);
  return section;
}

/** Two numbers for one place are two documents in one. */
function notePlace(
  places: Map<number, { number: number; generation: number }>,
  number: number,
  { offset, generation }: { offset: number; generation: number },
): void {
  const there = places.get(offset);
  if (there && (there.number !== number || there.generation !== generation))
    throw new IntakeRefusal('BROKEN', 'two numbers for one object');
  places.set(offset, { number, generation });
}

function readTable(words: Lexer, offset: number): Section {
  const entries = new Map<number, Entry>();
  while (!words.skipWord('trailer')) {
    const first = natural(words);
    const count = natural(words);
    for (let i = 0; i < count; i += 1) add(entries, first + i, tableEntry(words));
  }
  const dict = parseValue(words);
  if (!isDict(dict)) throw new IntakeRefusal('BROKEN', 'a trailer that is no dictionary');
  refuseBeyondSize(entries, dict);
  return { dict, entries, extents: [[offset, words.at]] };
}

function tableEntry(words: Lexer): Entry {
  const offset = natural(words);
  const generation = natural(words);
  if (words.skipWord('n')) return { kind: 'at', offset, generation };
  if (words.skipWord('f')) return { kind: 'free' };
  throw new IntakeRefusal('BROKEN', 'a table of cross-references');
}

function readXrefStream(offset: number, readAt: ReadAt): Section {
  const { dict, data, end } = readAt(offset);
  if (dict.get('Type') !== 'XRef') throw new IntakeRefusal('BROKEN', 'no cross-references where they should stand');
  const size = dict.get('Size');
  const widths = integers(dict.get('W') ?? null);
  const index = dict.has('Index') ? integers(dict.get('Index') as never) : [0, size as number];
  if (widths.length !== 3 || widths.some((width) => width > 6) || index.length % 2 !== 0)
    throw new IntakeRefusal('BROKEN', 'a stream of cross-references');
  const entries = new Map<number, Entry>();
  const rows = new Rows(data, widths as [number, number, number]);
  for (let part = 0; part < index.length; part += 2)
    for (let i = 0; i < (index[part + 1] as number); i += 1) add(entries, (index[part] as number) + i, rows.next());
  rows.finish();
  refuseBeyondSize(entries, dict);
  // It need not mention itself.
  return { dict, entries, extents: [[offset, end]] };
}

/** Rows of three numbers of fixed widths; a width of zero stands for the usual value. */
class Rows {
  readonly #data: Uint8Array;
  readonly #widths: readonly [number, number, number];
  #at = 0;

  constructor(data: Uint8Array, widths: readonly [number, number, number]) {
    this.#data = data;
    this.#widths = widths;
  }

  next(): Entry {
    const [typeWidth, secondWidth, thirdWidth] = this.#widths;
    const type = typeWidth === 0 ? 1 : this.#field(typeWidth);
    const second = this.#field(secondWidth);
    const third = this.#field(thirdWidth);
    if (type === 0) return { kind: 'free' };
    if (type === 1) return { kind: 'at', offset: second, generation: third };
    if (type === 2) return { kind: 'in', container: second, index: third };
    throw new IntakeRefusal('BROKEN', 'an unknown kind of cross-reference');
  }

  finish(): void {
    if (this.#at !== this.#data.length) throw new IntakeRefusal('BROKEN', 'cross-references left over');
  }

  #field(width: number): number {
    if (this.#at + width > this.#data.length) throw new IntakeRefusal('BROKEN', 'too few cross-references');
    let value = 0;
    for (let i = 0; i < width; i += 1) value = value * 256 + (this.#data[this.#at + i] as number);
    this.#at += width;
    return value;
  }
}

/** In a hybrid file the table says of what the stream holds that it is free (section 7.5.8.4). */
function addHidden(section: Section, hidden: Section): void {
  section.extents.push(...hidden.extents);
  for (const [number, entry] of hidden.entries) {
    const shown = section.entries.get(number);
    if (shown === undefined || shown.kind === 'free') section.entries.set(number, entry);
    else if (entry.kind !== 'at' || shown.kind !== 'at' || entry.offset !== shown.offset)
      throw new IntakeRefusal('BROKEN', 'a table and a stream that disagree');
  }
}

function add(entries: Map<number, Entry>, number: number, entry: Entry): void {
  if (entries.has(number)) throw new IntakeRefusal('BROKEN', 'an object that stands in the table twice');
  if (entries.size >= intakeLimits.objectsMax) throw new IntakeRefusal('TOO_COMPLEX', 'very many objects');
  entries.set(number, entry);
}

function refuseBeyondSize(entries: ReadonlyMap<number, Entry>, dict: Dict): void {
  const size = dict.get('Size');
  for (const [number, entry] of entries)
    if (entry.kind !== 'free' && !(number < (size as number)))
      throw new IntakeRefusal('BROKEN', 'an object beyond the size of the table');
}

function offsetIn(dict: Dict, key: string, length: number): number | undefined {
  if (!dict.has(key)) return undefined;
  const offset = dict.get(key);
  if (!Number.isInteger(offset) || (offset as number) < 0 || (offset as number) >= length)
    throw new IntakeRefusal('BROKEN', `/${key} leads out of the file`);
  return offset as number;
}

function integers(value: unknown): number[] {
  if (!isArray(value as never)) throw new IntakeRefusal('BROKEN', 'numbers that are none');
  return (value as readonly unknown[]).map((one) => {
    if (!Number.isInteger(one) || (one as number) < 0 || (one as number) > 0xffff_ffff)
      throw new IntakeRefusal('BROKEN', 'numbers that are none');
    return one as number;
  });
}

function natural(words: Lexer): number {
  const byte = words.peek();
  const value = byte === undefined ? -1 : words.number();
  if (!Number.isInteger(value) || value < 0) throw new IntakeRefusal('BROKEN', 'a table of cross-references');
  return value;
}

/** `startxref`, a number and `%%EOF`: the end of the file, with nothing behind it but blanks. */
const LAST_WORDS = /startxref\s+(\d{1,10})\s+%%EOF[\s\0]*$/;
const LAST_WORDS_MAX = 1024;

function startOf(bytes: Buffer): number {
  const match = LAST_WORDS.exec(bytes.toString('latin1', Math.max(0, bytes.length - LAST_WORDS_MAX)));
  const offset = Number(match?.[1] ?? Number.NaN);
  if (!(offset < bytes.length)) throw new IntakeRefusal('BROKEN', 'a file without its end');
  return offset;
}
