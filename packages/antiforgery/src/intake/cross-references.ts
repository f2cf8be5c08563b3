/**
 * Where objects stand (ISO 32000-1 section 7.5): tables, streams, both in one file, and older revisions behind them. Read as it is
 * written or refused; a damaged one is not rebuilt by searching, because the search of another program could find other objects.
 */
import { intakeLimits } from './intake-limits.ts';
import { IntakeRefusal } from './intake-refusal.ts';
import { Lexer } from './lexer.ts';
import { parseValue } from './parse-object.ts';
import { type Dict, isDict } from './values.ts';
import { addEntry, type Entry, type Extent, refuseBeyondSize, type Section } from './xref-section.ts';
import { type ReadAt, readXrefStream } from './xref-stream.ts';

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
    for (let i = 0; i < count; i += 1) addEntry(entries, first + i, tableEntry(words));
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

function offsetIn(dict: Dict, key: string, length: number): number | undefined {
  if (!dict.has(key)) return undefined;
  const offset = dict.get(key);
  if (!Number.isInteger(offset) || (offset as number) < 0 || (offset as number) >= length)
    throw new IntakeRefusal('BROKEN', `/${key} leads out of the file`);
  return offset as number;
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
