/**
 * Certs for the tests of this package, written octet by octet so that every flaw can be made. Whether the flawless ones are
 * real certs is for interop.test.ts to say, by parsers that are not ours.
 */
import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { concat, utf8 } from '../src/bytes.ts';
import {
  bitString,
  der,
  derNull,
  explicit,
  objectIdentifier,
  octetString,
  sequence,
  unsignedInteger,
} from '../src/der-writer.ts';
import { type KeyAlgorithm, keyAlgorithms } from '../src/signature-algorithms.ts';

export const AUTH_POLICY = '1.2.392.200149.8.5.1.3.30';
export const SIGNATURE_POLICY = '1.2.392.200149.8.5.1.1.20';
export const NOW = new Date('2026-07-01T03:00:00.000Z');

export interface TestKey {
  readonly algorithm: KeyAlgorithm;
  readonly privateKey: KeyObject;
  readonly spki: Uint8Array;
}

const made = new Map<string, TestKey>();

/** One key per name in a process: making RSA keys is what costs time here. */
export function testKey(name: string, algorithm: KeyAlgorithm = 'rsa-pkcs1-sha256'): TestKey {
  const known = made.get(`${algorithm} ${name}`);
  if (known !== undefined) return known;
  const pair =
    algorithm === 'rsa-pkcs1-sha256'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: algorithm === 'ecdsa-p256-sha256' ? 'P-256' : 'P-384' });
  const spki = new Uint8Array(pair.publicKey.export({ type: 'spki', format: 'der' }));
  const key = {
    algorithm,
    privateKey: createPrivateKey(pair.privateKey.export({ type: 'pkcs8', format: 'pem' })),
    spki,
  };
  made.set(`${algorithm} ${name}`, key);
  return key;
}

export interface CertPlan {
  readonly serial: Uint8Array;
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  readonly from: string;
  readonly to: string;
  readonly extensions: readonly Uint8Array[];
  readonly key: TestKey;
  readonly signer: TestKey;
  readonly version: Uint8Array;
  readonly innerAlgorithm?: Uint8Array;
}

/** The DN of the JPKI CA, the same for all generations; the organisation is that of the test hierarchy. */
export const CA_NAME = name(['2.5.4.6', 'JP'], ['2.5.4.10', 'JPKI-TEST'], ['2.5.4.11', 'JPKI for user authentication']);

export function name(...parts: readonly (readonly [string, string])[]): Uint8Array {
  const one = ([oid, text]: readonly [string, string]) => sequence(objectIdentifier(oid), der(0x13, utf8(text)));
  return sequence(...parts.map((part) => der(0x31, one(part))));
}

export function makeCert(plan: CertPlan): Uint8Array {
  const row = keyAlgorithms[plan.signer.algorithm];
  const algorithm = row.signature[0] as Uint8Array;
  const tbs = sequence(
    plan.version,
    unsignedInteger(plan.serial),
    plan.innerAlgorithm ?? algorithm,
    plan.issuer,
    sequence(time(plan.from), time(plan.to)),
    plan.subject,
    plan.key.spki,
    ...(plan.extensions.length === 0 ? [] : [explicit(3, sequence(...plan.extensions))]),
  );
  return sequence(tbs, algorithm, bitString(new Uint8Array(sign(row.hash, tbs, plan.signer.privateKey))));
}

function time(iso: string): Uint8Array {
  const digits = iso.replace(/[-:T]/g, '');
  return iso < '2050' ? der(0x17, utf8(digits.slice(2))) : der(0x18, utf8(digits));
}

export function extension(oid: string, value: Uint8Array, critical = false): Uint8Array {
  return sequence(objectIdentifier(oid), ...(critical ? [der(1, Uint8Array.of(0xff))] : []), octetString(value));
}

/** Named bits, minimal. */
export function keyUsage(...positions: readonly number[]): Uint8Array {
  const last = Math.max(...positions);
  const bits = new Uint8Array(Math.floor(last / 8) + 1);
  for (const at of positions) bits[at >> 3] = (bits[at >> 3] ?? 0) | (0x80 >> (at & 7));
  return extension('2.5.29.15', der(3, concat(Uint8Array.of(7 - (last & 7)), bits)), true);
}

export const policies = (...oids: readonly string[]) =>
  extension('2.5.29.32', sequence(...oids.map((oid) => sequence(objectIdentifier(oid)))), true);
export const extKeyUsage = (...oids: readonly string[]) =>
  extension('2.5.29.37', sequence(...oids.map(objectIdentifier)));
export const caConstraint = extension('2.5.29.19', sequence(der(1, Uint8Array.of(0xff))), true);
export const noCheck = extension('1.3.6.1.5.5.7.48.1.5', derNull);
export const V3 = explicit(0, der(2, Uint8Array.of(2)));

export function caPlan(key: TestKey, changes: Partial<CertPlan> = {}): CertPlan {
  return {
    version: V3,
    serial: Uint8Array.of(0x06, 0xd1, 0x80, 0x06),
    issuer: CA_NAME,
    subject: CA_NAME,
    from: '2023-07-16T00:00:00Z',
    to: '2033-07-15T14:59:59Z',
    extensions: [keyUsage(5, 6), caConstraint],
    key,
    signer: key,
    ...changes,
  };
}

export function userPlan(key: TestKey, ca: TestKey, changes: Partial<CertPlan> = {}): CertPlan {
  return {
    version: V3,
    serial: Uint8Array.of(0x1a, 0x2b, 0x3c, 0x4d),
    issuer: CA_NAME,
    subject: name(['2.5.4.6', 'JP'], ['2.5.4.3', '0000000TESTAUTH99001A']),
    from: '2024-04-01T00:00:00Z',
    to: '2029-03-31T14:59:59Z',
    extensions: [keyUsage(0), policies(AUTH_POLICY)],
    key,
    signer: ca,
    ...changes,
  };
}

export function responderPlan(key: TestKey, ca: TestKey, changes: Partial<CertPlan> = {}): CertPlan {
  return userPlan(key, ca, {
    serial: Uint8Array.of(0x0a, 0x01),
    subject: name(['2.5.4.6', 'JP'], ['2.5.4.3', 'OCSP responder']),
    extensions: [keyUsage(0), extKeyUsage('1.3.6.1.5.5.7.3.9'), noCheck],
    ...changes,
  });
}

/** A copy in which one octet differs. */
export function flipped(bytes: Uint8Array, at: number, mask = 0x01): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ mask;
  return copy;
}
