/**
 * References by which servers speak about a cert, a person or a proof without naming them. Serials and names are of low
 * entropy: a plain hash could be guessed back, so every reference is an HMAC under a key that stands in no database, and those
 * of one order cannot be linked to those of another.
 */
import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import type { ProofBundle } from '@machikado/protocol';
import { framed, fromHex, utf8 } from './bytes.ts';

/** What a user-authentication cert is known by: the anchor above it and its serial. The DN is the same for all generations. */
export interface CertKey {
  /** SHA-256 of the anchor’s DER, lower-case hex. */
  readonly anchorFingerprint: string;
  /** Magnitude of the serial, lower-case hex, whole octets. */
  readonly serial: string;
}

/** How the center’s directory knows a cert (利用者登録). */
export function certRef(directoryKey: Uint8Array, cert: CertKey): string {
  return hmac(directoryKey, 'machikado/cert-ref/v1', ...certFields(cert));
}

/** How a binding record knows whose order it is; other in every order. */
export function subjectRef(bindingKey: Uint8Array, orderId: string, cert: CertKey): string {
  return hmac(bindingKey, 'machikado/subject-ref/v1', fromHex(orderId), ...certFields(cert));
}

/** How a binding record knows a printed name; other in every order. */
export function nameRef(bindingKey: Uint8Array, orderId: string, name: string): string {
  assert(!/\p{Surrogate}/u.test(name), 'lone surrogate in a name');
  return hmac(bindingKey, 'machikado/name-ref/v1', fromHex(orderId), utf8(name));
}

/** All that the center keeps of a proof between login and order. */
export function proofDigest(key: Uint8Array, proof: ProofBundle): string {
  const { authCert, algorithm, message, signature, ocspResponse } = proof;
  const fields = [authCert, algorithm, message, signature, ocspResponse].map(utf8);
  return hmac(key, 'machikado/proof-digest/v1', ...fields);
}

/** SHA-256, for things that carry enough randomness of their own. Text is hashed as UTF-8. */
export function digestOf(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}

function certFields({ anchorFingerprint, serial }: CertKey): Uint8Array[] {
  return [fromHex(anchorFingerprint), fromHex(serial)];
}

function hmac(key: Uint8Array, label: string, ...fields: readonly Uint8Array[]): string {
  assert(key.length >= 32, 'a reference key has at least 256 bits');
  return createHmac('sha256', key)
    .update(framed(label, ...fields))
    .digest('hex');
}
