/** Writes DER (X.690): the few types that OCSP needs. */
import assert from 'node:assert/strict';
import { tags } from './der-reader.ts';

/** A value that is still to be written: whatever stands in it is put in its place once, where bytes in bytes are copied at every level. */
export interface DerTree {
  readonly tag: number;
  readonly parts: readonly DerPart[];
  /** Of all parts, in octets. */
  readonly length: number;
}
export type DerPart = Uint8Array | DerTree;

export function tree(tag: number, ...parts: readonly DerPart[]): DerTree {
  let length = 0;
  for (const part of parts) length += part instanceof Uint8Array ? part.length : headLength(part.length) + part.length;
  return { tag, parts, length };
}

export function written(value: DerTree): Uint8Array {
  const bytes = new Uint8Array(headLength(value.length) + value.length);
  put(bytes, 0, value);
  return bytes;
}

export const der = (tag: number, ...parts: readonly DerPart[]) => written(tree(tag, ...parts));

/** Where the next one goes. */
function put(bytes: Uint8Array, from: number, { tag, parts, length }: DerTree): number {
  let at = from;
  bytes[at++] = tag;
  if (length >= 0x80) bytes[at++] = length < 0x100 ? 0x81 : 0x82;
  if (length >= 0x100) bytes[at++] = length >> 8;
  bytes[at++] = length & 0xff;
  for (const part of parts) {
    if (part instanceof Uint8Array) {
      bytes.set(part, at);
      at += part.length;
    } else at = put(bytes, at, part);
  }
  return at;
}

/** Octets of a tag and of the length behind it. */
function headLength(length: number): number {
  assert(length < 0x10000, 'DER value too long');
  return length < 0x80 ? 2 : length < 0x100 ? 3 : 4;
}

export const sequence = (...parts: readonly DerPart[]) => der(tags.sequence, ...parts);
export const octetString = (bytes: Uint8Array) => der(tags.octetString, bytes);
export const bitString = (bytes: Uint8Array) => der(tags.bitString, Uint8Array.of(0), bytes);
export const enumerated = (value: number) => der(tags.enumerated, Uint8Array.of(value));
export const explicit = (n: number, ...parts: readonly DerPart[]) => der(0xa0 | n, ...parts);
export const derNull = Uint8Array.of(tags.null, 0);

/** A positive INTEGER from its magnitude. */
export function unsignedInteger(magnitude: Uint8Array): Uint8Array {
  assert((magnitude[0] ?? 0) !== 0, 'magnitude must be minimal and positive');
  const sign = (magnitude[0] ?? 0) & 0x80 ? Uint8Array.of(0) : new Uint8Array();
  return der(tags.integer, sign, magnitude);
}

export function objectIdentifier(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return der(tags.oid, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)));
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128))
    digits.unshift((rest & 0x7f) | 0x80);
  return digits;
}

/** GeneralizedTime in whole seconds, as RFC 5280 section 4.1.2.5.2 wants it. */
export function generalizedTime(at: Date): Uint8Array {
  const second = Math.floor(at.getTime() / 1000);
  const known = times.get(second);
  if (known) return known;
  const iso = at.toISOString();
  const value = new Uint8Array(2 + DIGITS_OF_ISO.length + 1);
  value[0] = tags.generalizedTime;
  value[1] = DIGITS_OF_ISO.length + 1;
  DIGITS_OF_ISO.forEach((from, i) => {
    value[2 + i] = iso.charCodeAt(from);
  });
  value[2 + DIGITS_OF_ISO.length] = 'Z'.charCodeAt(0);
  if (times.size >= TIMES_KEPT) times.clear();
  times.set(second, value);
  return value;
}

/** Answers of one second name the same two or three times, and writing one costs a tenth of signing with P-256. */
const times = new Map<number, Uint8Array>();
const TIMES_KEPT = 16;

/** Year, month, day, hour, minute and second in 2026-06-01T03:00:00.000Z. */
const DIGITS_OF_ISO = [0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18];
