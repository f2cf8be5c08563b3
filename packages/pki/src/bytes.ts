/** Small helpers over bytes: joining, comparing, and the text forms that have exactly one spelling. */
import { timingSafeEqual } from 'node:crypto';
import { malformed } from './malformed-input.ts';

export const utf8 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf8'));
export const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
export const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
export const equalBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(lengthOf(parts));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function lengthOf(parts: readonly Uint8Array[]): number {
  let length = 0;
  for (const part of parts) length += part.length;
  return length;
}

/** For secrets and nonces: takes the same time wherever the first difference is. */
export const equalInConstantTime = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && timingSafeEqual(a, b);

export function fromHex(text: string): Uint8Array {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) malformed('not lower-case hex');
  return new Uint8Array(Buffer.from(text, 'hex'));
}

/** Canonical Base64 only: two texts for the same bytes would be two digests for the same proof. */
export function fromBase64(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) malformed('not canonical base64');
  return new Uint8Array(bytes);
}

/** Joins fields so that no two lists of fields give the same bytes: a domain label, then each field after its length. */
export function framed(label: string, ...fields: readonly Uint8Array[]): Uint8Array {
  return concat(utf8(`${label}\0`), ...fields.flatMap((field) => [length16(field), field]));
}

function length16(field: Uint8Array): Uint8Array {
  if (field.length > 0xffff) malformed('a field is longer than 65535 bytes');
  return Uint8Array.of(field.length >> 8, field.length & 0xff);
}
