/** The words of a PDF (ISO 32000-1 section 7.2), byte by byte. Files and content streams are made of the same words. */
import { IntakeRefusal } from './intake-refusal.ts';

const BLANK = 1;
const DELIMITER = 2;
const NUMERIC = 4;

const KIND = new Uint8Array(256);
for (const byte of [0, 9, 10, 12, 13, 32]) KIND[byte] = BLANK;
for (const letter of '()<>[]{}/%') KIND[letter.charCodeAt(0)] = DELIMITER;
for (const letter of '+-.0123456789') KIND[letter.charCodeAt(0)] = NUMERIC;

/** A name or a word that is longer names nothing. */
const NAME_MAX = 255;
const DIGITS_MAX = 40;

export const isBlank = (byte: number | undefined): boolean => byte !== undefined && KIND[byte] === BLANK;
export const isRegular = (byte: number | undefined): boolean =>
  byte !== undefined && ((KIND[byte] as number) & (BLANK | DELIMITER)) === 0;
export const startsNumber = (byte: number | undefined): boolean => byte !== undefined && KIND[byte] === NUMERIC;

export class Lexer {
  readonly bytes: Uint8Array;
  readonly end: number;
  at: number;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  /** The next byte that is no blank and no comment, or undefined at the end. */
  peek(): number | undefined {
    const { bytes, end } = this;
    let at = this.at;
    for (; at < end; at += 1) {
      const byte = bytes[at] as number;
      if (byte === 0x25) while (at + 1 < end && bytes[at + 1] !== 10 && bytes[at + 1] !== 13) at += 1;
      else if (KIND[byte] !== BLANK) break;
    }
    this.at = at;
    return at < end ? bytes[at] : undefined;
  }

  /** Passes over a word without an argument; says whether it stood there as a whole. */
  skipWord(word: string): boolean {
    this.peek();
    const { at } = this;
    for (let i = 0; i < word.length; i += 1) if (this.byteAt(at + i) !== word.charCodeAt(i)) return false;
    if (isRegular(this.byteAt(at + word.length))) return false;
    this.at = at + word.length;
    return true;
  }

  startsWordAt(at: number): boolean {
    return isRegular(this.byteAt(at));
  }

  skipName(): void {
    const { bytes, end } = this;
    let at = this.at + 1;
    while (at < end && isRegular(bytes[at])) at += 1;
    this.at = at;
  }

  /** Behind a slash; `#41` is an A. */
  name(): string {
    const start = this.at + 1;
    let at = start;
    let escaped = false;
    for (; isRegular(this.byteAt(at)); at += 1) if (this.bytes[at] === 0x23) escaped = true;
    if (at - start > NAME_MAX) throw new IntakeRefusal('TOO_COMPLEX', 'a very long name');
    this.at = at;
    const text = latin1(this.bytes, start, at);
    return escaped ? unescapeName(text) : text;
  }

  number(): number {
    const start = this.at;
    this.skipNumber();
    return numberOf(this.bytes, start, this.at);
  }

  /** Sign, digits, one point at most; nothing like 1e5, 5-3 or --5, which programs read in different ways. */
  skipNumber(): void {
    const { bytes, end } = this;
    const start = this.at;
    let at = start;
    if (bytes[at] === 0x2b || bytes[at] === 0x2d) at += 1;
    let digits = 0;
    let points = 0;
    for (; at < end; at += 1) {
      const byte = bytes[at] as number;
      if (byte >= 0x30 && byte <= 0x39) digits += 1;
      else if (byte === 0x2e) points += 1;
      else break;
    }
    if (digits === 0 || points > 1 || at - start > DIGITS_MAX || (at < end && isRegular(bytes[at])))
      throw new IntakeRefusal('BROKEN', 'a number that is none');
    this.at = at;
  }

  /** In parentheses, which may stand in one another. */
  literalString(): Uint8Array {
    const start = this.at;
    this.skipLiteralString();
    return unescapeLiteral(this.bytes.subarray(start + 1, this.at - 1));
  }

  skipLiteralString(): void {
    const { bytes, end } = this;
    let depth = 0;
    for (let at = this.at; at < end; at += 1) {
      const byte = bytes[at];
      if (byte === 0x5c) at += 1;
      else if (byte === 0x28) depth += 1;
      else if (byte === 0x29) {
        depth -= 1;
        if (depth === 0) {
          this.at = at + 1;
          return;
        }
      }
    }
    throw new IntakeRefusal('BROKEN', 'a string without an end');
  }

  hexString(): Uint8Array {
    const start = this.at + 1;
    this.skipHexString();
    const digits: number[] = [];
    for (let at = start; at < this.at - 1; at += 1) {
      const value = hexValue(this.bytes[at] as number);
      if (value >= 0) digits.push(value);
    }
    if (digits.length % 2 === 1) digits.push(0);
    return Uint8Array.from({ length: digits.length / 2 }, (_, i) => {
      return ((digits[2 * i] as number) << 4) | (digits[2 * i + 1] as number);
    });
  }

  skipHexString(): void {
    for (let at = this.at + 1; at < this.end; at += 1) {
      const byte = this.bytes[at] as number;
      if (byte === 0x3e) {
        this.at = at + 1;
        return;
      }
      if (hexValue(byte) < 0 && KIND[byte] !== BLANK) break;
    }
    throw new IntakeRefusal('BROKEN', 'a hexadecimal string that is none');
  }

  byteAt(at: number): number | undefined {
    return at < this.end ? this.bytes[at] : undefined;
  }
}

export function latin1(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += 1) text += String.fromCharCode(bytes[at] as number);
  return text;
}

/** What `skipNumber` has passed over. */
export function numberOf(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  const negative = bytes[at] === 0x2d;
  if (negative || bytes[at] === 0x2b) at += 1;
  let value = 0;
  for (; at < end; at += 1) {
    const byte = bytes[at] as number;
    // A fraction takes the exact way, so that a number is written again as it was read.
    if (byte === 0x2e || value > 1e14) return Number(latin1(bytes, start, end));
    value = value * 10 + byte - 0x30;
  }
  return negative && value !== 0 ? -value : value;
}

function unescapeName(text: string): string {
  const name = text.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  if (name.includes('\0')) throw new IntakeRefusal('BROKEN', 'a name with a zero in it');
  return name;
}

const ESCAPES: Readonly<Record<number, number>> = { 110: 10, 114: 13, 116: 9, 98: 8, 102: 12 };

function unescapeLiteral(raw: Uint8Array): Uint8Array {
  if (!raw.includes(0x5c) && !raw.includes(13)) return raw;
  const out: number[] = [];
  for (let at = 0; at < raw.length; at += 1) {
    const byte = raw[at] as number;
    if (byte === 13) {
      // Any end of a line is a line feed.
      if (raw[at + 1] === 10) at += 1;
      out.push(10);
    } else if (byte !== 0x5c) out.push(byte);
    else {
      at += 1;
      const next = raw[at] as number;
      if (next === 13 || next === 10) {
        if (next === 13 && raw[at + 1] === 10) at += 1;
      } else if (isOctal(next)) {
        let value = next - 0x30;
        for (let more = 0; more < 2 && isOctal(raw[at + 1]); more += 1) {
          at += 1;
          value = value * 8 + (raw[at] as number) - 0x30;
        }
        out.push(value & 255);
      } else out.push(ESCAPES[next] ?? next);
    }
  }
  return Uint8Array.from(out);
}

const isOctal = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x37;

function hexValue(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
