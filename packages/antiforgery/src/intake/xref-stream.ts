/** Cross-references as a stream of rows of fixed widths (ISO 32000-1 section 7.5.8). */
import { IntakeRefusal } from './intake-refusal.ts';
import { type Dict, isArray, type Value } from './values.ts';
import { addEntry, type Entry, refuseBeyondSize, type Section } from './xref-section.ts';

/** Reads the stream at an offset, whose number is not known yet; its own references cannot be followed. */
export type ReadAt = (offset: number) => { readonly dict: Dict; readonly data: Uint8Array; readonly end: number };

export function readXrefStream(offset: number, readAt: ReadAt): Section {
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
    for (let i = 0; i < (index[part + 1] as number); i += 1)
      addEntry(entries, (index[part] as number) + i, rows.next());
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

function integers(value: Value): number[] {
  if (!isArray(value as never)) throw new IntakeRefusal('BROKEN', 'numbers that are none');
  return (value as readonly unknown[]).map((one) => {
    if (!Number.isInteger(one) || (one as number) < 0 || (one as number) > 0xffff_ffff)
      throw new IntakeRefusal('BROKEN', 'numbers that are none');
    return one as number;
  });
}
