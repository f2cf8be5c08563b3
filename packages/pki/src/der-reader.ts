/**
 * Reads DER (X.690) strictly: one-byte tags, minimal lengths, minimal integers, nothing left over. Whatever is not the one
 * correct encoding is MalformedInput, so that no two parsers can see two things in the same bytes.
 */
import { malformed } from './malformed-input.ts';

export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
} as const;

export interface DerValue {
  readonly tag: number;
  /** The content octets. */
  readonly content: Uint8Array;
  /** Tag, length and content. */
  readonly raw: Uint8Array;
}

export class DerReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Reads a value that must fill all the bytes. */
  static only(bytes: Uint8Array, tag: number): DerReader {
    const outer = new DerReader(bytes);
    const inner = outer.enter(tag);
    outer.end();
    return inner;
  }

  get more(): boolean {
    return this.#at < this.#bytes.length;
  }

  next(tag?: number): DerValue {
    const start = this.#at;
    const found = this.#byte();
    if ((found & 0x1f) === 0x1f) malformed('DER: tag of several bytes');
    if (tag !== undefined && found !== tag) malformed(`DER: tag ${found} where ${tag} was expected`);
    const length = this.#length();
    const from = this.#at;
    if (length > this.#bytes.length - from) malformed('DER: value runs over its end');
    this.#at = from + length;
    return { tag: found, content: this.#bytes.subarray(from, this.#at), raw: this.#bytes.subarray(start, this.#at) };
  }

  optional(tag: number): DerValue | undefined {
    return this.#bytes[this.#at] === tag ? this.next(tag) : undefined;
  }

  enter(tag: number = tags.sequence): DerReader {
    return new DerReader(this.next(tag).content);
  }

  end(): void {
    if (this.more) malformed('DER: trailing data');
  }

  #byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) malformed('DER: truncated');
    this.#at += 1;
    return byte;
  }

  #length(): number {
    const first = this.#byte();
    if (first < 0x80) return first;
    const count = first & 0x7f;
    if (count === 0 || count > 3) malformed('DER: length form');
    let length = 0;
    for (let i = 0; i < count; i += 1) length = length * 256 + this.#byte();
    if (length < 0x80 || length < 256 ** (count - 1)) malformed('DER: length is not minimal');
    return length;
  }
}

/** BOOLEAN DEFAULT FALSE: DER leaves FALSE out, so only TRUE can stand there. */
export function readDefaultFalse(reader: DerReader): boolean {
  const value = reader.optional(tags.boolean);
  if (value === undefined) return false;
  if (value.content.length !== 1 || value.content[0] !== 0xff) malformed('DER: BOOLEAN is not TRUE');
  return true;
}

/** A positive INTEGER, as its magnitude without sign octet. */
export function readPositiveInteger(reader: DerReader): Uint8Array {
  const { content } = reader.next(tags.integer);
  const [first, second] = content;
  if (first === undefined || first >= 0x80) malformed('DER: INTEGER is not positive');
  if (first !== 0) return content;
  if (second === undefined) malformed('DER: INTEGER is zero');
  if (second < 0x80) malformed('DER: INTEGER is not minimal');
  return content.subarray(1);
}

/** A BIT STRING of whole octets. */
export function readWholeBits(reader: DerReader): Uint8Array {
  const { content } = reader.next(tags.bitString);
  if (content[0] !== 0) malformed('DER: BIT STRING has unused bits');
  return content.subarray(1);
}

/** A BIT STRING of named bits (X.690 section 11.2.2: no trailing zero bits); the positions that are set. */
export function readNamedBits(reader: DerReader): ReadonlySet<number> {
  const { content } = reader.next(tags.bitString);
  const unused = content[0];
  const last = content.at(-1);
  if (unused === undefined || last === undefined || unused > 7) malformed('DER: BIT STRING');
  if (content.length === 1 ? unused !== 0 : ((last >> unused) & 1) === 0 || (last & ((1 << unused) - 1)) !== 0) {
    malformed('DER: named bits are not minimal');
  }
  const set = new Set<number>();
  content.subarray(1).forEach((octet, i) => {
    for (let bit = 0; bit < 8; bit += 1) if (octet & (0x80 >> bit)) set.add(i * 8 + bit);
  });
  return set;
}

export function readOid(reader: DerReader): string {
  const { content } = reader.next(tags.oid);
  const arcs: number[] = [];
  let arc = 0;
  let atStart = true;
  for (const octet of content) {
    if (atStart && octet === 0x80) malformed('DER: OBJECT IDENTIFIER is not minimal');
    arc = arc * 128 + (octet & 0x7f);
    if (!Number.isSafeInteger(arc)) malformed('DER: arc of OBJECT IDENTIFIER too large');
    atStart = octet < 0x80;
    if (atStart) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const [first] = arcs;
  if (first === undefined || !atStart) malformed('DER: OBJECT IDENTIFIER');
  const top = Math.min(Math.floor(first / 40), 2);
  return [top, first - top * 40, ...arcs.slice(1)].join('.');
}

/** Time of a cert: UTCTime to 2049, GeneralizedTime from 2050 (RFC 5280 section 4.1.2.5). */
export function readCertTime(reader: DerReader): Date {
  const value = reader.next();
  const text = Buffer.from(value.content).toString('latin1');
  if (value.tag === tags.utcTime) return parseTime(`${text < '5' ? '20' : '19'}${text}`);
  if (value.tag !== tags.generalizedTime || text < '2050') malformed('DER: form of time');
  return parseTime(text);
}

export function readGeneralizedTime(reader: DerReader): Date {
  return parseTime(Buffer.from(reader.next(tags.generalizedTime).content).toString('latin1'));
}

function parseTime(text: string): Date {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (parts === null) malformed('DER: form of time');
  const [, year, month, day, hour, minute, second] = parts;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const at = new Date(iso);
  if (Number.isNaN(at.getTime()) || at.toISOString() !== iso) malformed('DER: no such time');
  return at;
}
