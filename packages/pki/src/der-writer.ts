/** Writes DER (X.690): the few types that OCSP needs. */
import assert from 'node:assert/strict';
import { concat, lengthOf } from './bytes.ts';
import { tags } from './der-reader.ts';

export function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return concat(derHead(tag, lengthOf(parts)), ...parts);
}

/** Each value is the last part of the one before it: as `der` in `der`, which would copy the innermost once for every level. */
export function nested(...levels: readonly (readonly [tag: number, ...parts: Uint8Array[]])[]): Uint8Array {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (const [tag, ...parts] of [...levels].reverse()) {
    const head = derHead(tag, length + lengthOf(parts));
    pieces.unshift(head, ...parts);
    length = lengthOf(pieces);
  }
  return concat(...pieces);
}

/** Tag and length. */
function derHead(tag: number, length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(tag, length);
  if (length < 0x100) return Uint8Array.of(tag, 0x81, length);
  assert(length < 0x10000, 'DER value too long');
  return Uint8Array.of(tag, 0x82, length >> 8, length & 0xff);
}

export const sequence = (...parts: readonly Uint8Array[]) => der(tags.sequence, ...parts);
export const octetString = (bytes: Uint8Array) => der(tags.octetString, bytes);
export const bitString = (bytes: Uint8Array) => der(tags.bitString, Uint8Array.of(0), bytes);
export const enumerated = (value: number) => der(tags.enumerated, Uint8Array.of(value));
export const explicit = (n: number, ...parts: readonly Uint8Array[]) => der(0xa0 | n, ...parts);
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
  const iso = at.toISOString();
  const value = new Uint8Array(2 + DIGITS_OF_ISO.length + 1);
  value[0] = tags.generalizedTime;
  value[1] = DIGITS_OF_ISO.length + 1;
  DIGITS_OF_ISO.forEach((from, i) => {
    value[2 + i] = iso.charCodeAt(from);
  });
  value[2 + DIGITS_OF_ISO.length] = 'Z'.charCodeAt(0);
  return value;
}

/** Year, month, day, hour, minute and second in 2026-06-01T03:00:00.000Z. */
const DIGITS_OF_ISO = [0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18];
