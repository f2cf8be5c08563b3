/**
 * The one spelling of a JSON value (RFC 8785, JCS): members sorted by UTF-16 code units, no white space, numbers and strings as
 * ECMAScript writes them. Whoever computes a digest or signs a statement alone gets the same bytes as everybody else.
 */
import assert from 'node:assert/strict';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
  if (isObject(value)) {
    const members = Object.keys(value)
      .sort()
      .map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name] as Json)}`);
    return `{${members.join(',')}}`;
  }
  assert(typeof value !== 'number' || Number.isFinite(value), 'JSON has no such number');
  assert(typeof value !== 'string' || !/\p{Surrogate}/u.test(value), 'lone surrogate in a text');
  assert(value !== undefined, 'JSON has no undefined');
  return JSON.stringify(value);
}

function isObject(value: Json): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null;
}
