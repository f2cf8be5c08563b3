/**
 * A whole file, read strictly: every object stands where the cross-references say, none twice, and between them there is nothing. What
 * is never used is read as well, so that nothing hides in a file that another reader would find.
 */

import { type CrossReferences, readCrossReferences } from './cross-references.ts';
import { plainBytes, readStream } from './decode-stream.ts';
import type { Budget } from './flate.ts';
import { intakeLimits } from './intake-limits.ts';
import { IntakeRefusal } from './intake-refusal.ts';
import { isBlank, Lexer } from './lexer.ts';
import { parseValue } from './parse-object.ts';
import { type Dict, isDict, Ref, Stream, type Value } from './values.ts';
import type { Extent } from './xref-section.ts';

interface Contained {
  readonly number: number;
  readonly value: Value;
}

export class PdfFile {
  readonly trailer: Dict;
  readonly #bytes: Buffer;
  readonly #budget: Budget;
  readonly #references: CrossReferences;
  readonly #objects = new Map<number, Value>();
  readonly #containers = new Map<number, readonly Contained[]>();
  /** Which parts of the file have been read, by where they begin. */
  readonly #extents = new Map<number, number>();
  #depth = 0;

  constructor(pdf: Uint8Array, budget: Budget) {
    this.#bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
    this.#budget = budget;
    refuseUnlessPdf(this.#bytes);
    // While the references are read nothing can be looked up: their streams say their lengths themselves.
    this.#references = { trailer: new Map(), entries: new Map(), places: new Map(), extents: [] };
    this.#references = readCrossReferences(this.#bytes, (offset) => this.#crossReferencesAt(offset));
    this.trailer = this.#references.trailer;
    this.#readAll();
  }

  /** What a reference leads to; nothing, when it leads nowhere. */
  resolve = (value: Value | undefined): Value => {
    let found = value ?? null;
    for (let steps = 0; found instanceof Ref; steps += 1) {
      if (steps > 8) throw new IntakeRefusal('BROKEN', 'a reference to a reference without end');
      found = this.#object(found.number, found.generation);
    }
    return found;
  };

  #object(number: number, generation: number): Value {
    const entry = this.#references.entries.get(number);
    if (entry === undefined || entry.kind === 'free') return null;
    // Some programs look at the generation, some do not.
    if (generation !== (entry.kind === 'at' ? entry.generation : 0))
      throw new IntakeRefusal('BROKEN', 'a reference to another generation');
    const known = this.#objects.get(number);
    if (known !== undefined) return known;
    // Asked for while it is read itself: a length that leads to its own stream.
    this.#objects.set(number, null);
    const value = this.#deeper(() =>
      entry.kind === 'at' ? this.#standing(number, entry) : this.#contained(number, entry),
    );
    this.#objects.set(number, value);
    return value;
  }

  /** The length of a stream may stand in an object stream, whose length is a number of its own; more there cannot be. */
  #deeper<T>(read: () => T): T {
    if (this.#depth > 5) throw new IntakeRefusal('BROKEN', 'streams that need one another');
    this.#depth += 1;
    try {
      return read();
    } finally {
      this.#depth -= 1;
    }
  }

  #standing(number: number, { offset, generation }: { offset: number; generation: number }): Value {
    const { value, end } = this.#read(offset, number, generation);
    this.#extents.set(offset, end);
    return value;
  }

  /** In an object stream (section 7.5.7). */
  #contained(number: number, { container, index }: { container: number; index: number }): Value {
    let inside = this.#containers.get(container);
    if (!inside) {
      const stream = this.#object(container, 0);
      if (!(stream instanceof Stream) || stream.dict.get('Type') !== 'ObjStm')
        throw new IntakeRefusal('BROKEN', 'an object in something that is no object stream');
      inside = this.#unpack(stream);
      this.#containers.set(container, inside);
    }
    const found = inside[index];
    if (found?.number !== number) throw new IntakeRefusal('BROKEN', 'an object stream with other objects');
    return found.value;
  }

  #unpack(stream: Stream): readonly Contained[] {
    const data = plainBytes(readStream(stream, this.resolve, this.#budget));
    const count = this.resolve(stream.dict.get('N'));
    const first = this.resolve(stream.dict.get('First'));
    if (!isIndex(count) || !isIndex(first) || first > data.length || count > intakeLimits.objectsMax)
      throw new IntakeRefusal('BROKEN', 'an object stream');
    const head = new Lexer(data, 0, first);
    const table = Array.from({ length: count }, () => [integer(head), first + integer(head)] as const);
    return table.map(([number, offset], i) => {
      const end = table[i + 1]?.[1] ?? data.length;
      if (end < offset || end > data.length) throw new IntakeRefusal('BROKEN', 'an object stream');
      const words = new Lexer(data, offset, end);
      const value = parseValue(words);
      if (words.peek() !== undefined) throw new IntakeRefusal('BROKEN', 'objects that overlap');
      return { number, value };
    });
  }

  #readAll(): void {
    const { entries, places, extents } = this.#references;
    for (const [number, entry] of entries) this.#object(number, entry.kind === 'at' ? entry.generation : 0);
    // Of older revisions, and what is there no more.
    for (const [offset, { number, generation }] of places)
      if (!this.#extents.has(offset)) this.#extents.set(offset, this.#read(offset, number, generation).end);
    for (const [start, end] of extents) this.#extents.set(start, end);
    refuseHiddenBytes(this.#bytes, [...this.#extents]);
  }

  #crossReferencesAt(offset: number): { dict: Dict; data: Uint8Array; end: number } {
    const { value, end } = this.#read(offset);
    if (!(value instanceof Stream)) throw new IntakeRefusal('BROKEN', 'no cross-references where they should stand');
    return { dict: value.dict, data: plainBytes(readStream(value, this.resolve, this.#budget)), end };
  }

  /** `12 0 obj`, the object, `endobj`. */
  #read(offset: number, number?: number, generation?: number): { value: Value; end: number } {
    const words = new Lexer(this.#bytes, offset);
    if (isBlank(words.byteAt(offset))) throw new IntakeRefusal('BROKEN', 'no object where one should stand');
    const foundNumber = integer(words);
    const foundGeneration = integer(words);
    if (!words.skipWord('obj')) throw new IntakeRefusal('BROKEN', 'no object where one should stand');
    if ((number ?? foundNumber) !== foundNumber || (generation ?? foundGeneration) !== foundGeneration)
      throw new IntakeRefusal('BROKEN', 'another object than the one named');
    let value = parseValue(words);
    if (isDict(value) && words.skipWord('stream')) value = this.#streamBehind(words, value);
    if (!words.skipWord('endobj')) throw new IntakeRefusal('BROKEN', 'an object without an end');
    return { value, end: words.at };
  }

  #streamBehind(words: Lexer, dict: Dict): Stream {
    // The keyword ends with a line feed, or with both characters of an end of line.
    if (words.byteAt(words.at) === 13) words.at += 1;
    if (words.byteAt(words.at) !== 10) throw new IntakeRefusal('BROKEN', 'a stream without a beginning');
    const start = words.at + 1;
    const length = this.resolve(dict.get('Length'));
    if (!isIndex(length) || start + length > this.#bytes.length)
      throw new IntakeRefusal('BROKEN', 'a stream of no length');
    words.at = start + length;
    if (words.byteAt(words.at) === 13) words.at += 1;
    if (words.byteAt(words.at) === 10) words.at += 1;
    if (words.byteAt(words.at) !== 0x65 || !words.skipWord('endstream'))
      throw new IntakeRefusal('BROKEN', 'a stream of another length');
    return new Stream(dict, this.#bytes.subarray(start, start + length));
  }
}

function refuseUnlessPdf(bytes: Buffer): void {
  if (!/^%PDF-[12]\.\d/.test(bytes.toString('latin1', 0, 8))) throw new IntakeRefusal('NOT_A_PDF', 'no header');
}

/** Objects do not overlap, and what stands between them is blank, a comment, or the end of a revision. */
function refuseHiddenBytes(bytes: Buffer, extents: Extent[]): void {
  let at = 0;
  for (const [start, end] of extents.sort(([a], [b]) => a - b)) {
    if (start < at) throw new IntakeRefusal('BROKEN', 'objects that overlap');
    refuseUnlessBlank(new Lexer(bytes, at, start));
    at = end;
  }
  refuseUnlessBlank(new Lexer(bytes, at));
}

function refuseUnlessBlank(words: Lexer): void {
  while (words.peek() !== undefined) {
    if (!words.skipWord('startxref')) throw new IntakeRefusal('BROKEN', 'bytes that belong to no object');
    integer(words);
  }
}

function integer(words: Lexer): number {
  const byte = words.peek();
  if (byte === undefined || byte < 0x30 || byte > 0x39)
    throw new IntakeRefusal('BROKEN', 'no object where one should stand');
  return words.number();
}

const isIndex = (value: Value): value is number => Number.isInteger(value) && (value as number) >= 0;
