/** Writes DER (X.690): the few types that OCSP needs. */
import assert from 'node:assert/strict';
import { concat } from './bytes.ts';
import { tags } from './der-reader.ts';

export function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = concat(...parts);
  return concat(Uint8Array.of(tag), derLength(content.length), content);
}

function derLength(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  if (length < 0x100) return Uint8Array.of(0x81, length);
  assert(length < 0x10000, 'DER value too long');
  return Uint8Array.of(0x82, length >> 8, length & 0xff);
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
  const digits = at.toISOString().replace(/[-:T]/g, '').slice(0, 14);
  return der(tags.generalizedTime, new Uint8Array(Buffer.from(`${digits}Z`, 'latin1')));
}
