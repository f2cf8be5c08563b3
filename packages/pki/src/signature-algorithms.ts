/**
 * Signature algorithms as data: how each is written in DER, how long it may be, how its key is read. The present card signs with
 * RSA-2048 and SHA-256; the next one is announced with ECDSA P-384 and SHA-384. P-256 only signs OCSP answers.
 * Keys are taken out of the SPKI by hand: for RSA, importing PKCS#1 is thirty times faster than importing SPKI.
 */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { SignatureAlgorithm } from '@machikado/protocol';
import { equalBytes, toHex } from './bytes.ts';
import { DerReader, readPositiveInteger, tags } from './der-reader.ts';
import { derNull, objectIdentifier, sequence } from './der-writer.ts';
import { malformed } from './malformed-input.ts';

export type KeyAlgorithm = SignatureAlgorithm | 'ecdsa-p256-sha256';

interface AlgorithmRow {
  readonly hash: 'sha256' | 'sha384';
  /** Exact AlgorithmIdentifiers of a signature; the first is the one we write. */
  readonly signature: readonly Uint8Array[];
  /** Exact AlgorithmIdentifier of a key. */
  readonly key: Uint8Array;
  readonly importKey: (bits: Uint8Array) => KeyObject;
  readonly signatureBytes: { readonly min: number; readonly max: number };
}

const rsaWithSha256 = objectIdentifier('1.2.840.113549.1.1.11');
const ecPublicKey = objectIdentifier('1.2.840.10045.2.1');

export const keyAlgorithms: Readonly<Record<KeyAlgorithm, AlgorithmRow>> = {
  'rsa-pkcs1-sha256': {
    hash: 'sha256',
    // RFC 4055 section 5 wants NULL; some signers leave the parameters out, and RFC 8017 lets verifiers accept both.
    signature: [sequence(rsaWithSha256, derNull), sequence(rsaWithSha256)],
    key: sequence(objectIdentifier('1.2.840.113549.1.1.1'), derNull),
    importKey: importRsa2048,
    signatureBytes: { min: 256, max: 256 },
  },
  'ecdsa-p384-sha384': {
    hash: 'sha384',
    signature: [sequence(objectIdentifier('1.2.840.10045.4.3.3'))],
    key: sequence(ecPublicKey, objectIdentifier('1.3.132.0.34')),
    importKey: (bits) => importPoint(bits, 'P-384', 48),
    signatureBytes: { min: 8, max: 104 },
  },
  'ecdsa-p256-sha256': {
    hash: 'sha256',
    signature: [sequence(objectIdentifier('1.2.840.10045.4.3.2'))],
    key: sequence(ecPublicKey, objectIdentifier('1.2.840.10045.3.1.7')),
    importKey: (bits) => importPoint(bits, 'P-256', 32),
    signatureBytes: { min: 8, max: 72 },
  },
};

const names = Object.keys(keyAlgorithms) as KeyAlgorithm[];

export function signatureAlgorithmOf(identifier: Uint8Array): KeyAlgorithm {
  const name = names.find((n) => keyAlgorithms[n].signature.some((form) => equalBytes(form, identifier)));
  return name ?? malformed('signature algorithm');
}

/** The key inside a SubjectPublicKeyInfo. */
export function keyAlgorithmOf(identifier: Uint8Array): KeyAlgorithm {
  return names.find((n) => equalBytes(keyAlgorithms[n].key, identifier)) ?? malformed('key algorithm');
}

/** ECDSA signatures are in DER (ECDSA-Sig-Value), RSA ones are PKCS#1 v1.5. */
export function verifies(algorithm: KeyAlgorithm, key: KeyObject, signed: Uint8Array, signature: Uint8Array): boolean {
  const { hash, signatureBytes } = keyAlgorithms[algorithm];
  if (signature.length < signatureBytes.min || signature.length > signatureBytes.max) return false;
  return verify(hash, signed, key, signature);
}

function importRsa2048(bits: Uint8Array): KeyObject {
  const key = DerReader.only(bits, tags.sequence);
  const modulus = readPositiveInteger(key);
  const exponent = readPositiveInteger(key);
  key.end();
  if (modulus.length !== 256 || (modulus[0] ?? 0) < 0x80) malformed('RSA key is not of 2048 bits');
  if (toHex(exponent) !== '010001') malformed('RSA exponent is not 65537');
  return imported(() => createPublicKey({ key: Buffer.from(bits), format: 'der', type: 'pkcs1' }));
}

function importPoint(bits: Uint8Array, crv: string, octets: number): KeyObject {
  if (bits.length !== 1 + 2 * octets || bits[0] !== 0x04) malformed('EC point is not in the uncompressed form');
  const coordinate = (from: number) => Buffer.from(bits.subarray(from, from + octets)).toString('base64url');
  const jwk = { kty: 'EC', crv, x: coordinate(1), y: coordinate(1 + octets) };
  return imported(() => createPublicKey({ key: jwk, format: 'jwk' }));
}

function imported(make: () => KeyObject): KeyObject {
  try {
    return make();
  } catch {
    return malformed('public key');
  }
}
