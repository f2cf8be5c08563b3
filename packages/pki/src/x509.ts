/**
 * X.509 v3 certs (RFC 5280), read strictly and only as far as the checks of this package need. Reading decides nothing about trust.
 */
import { createHash, type KeyObject } from 'node:crypto';
import { equalBytes, toHex } from './bytes.ts';
import {
  DerReader,
  readCertTime,
  readDefaultFalse,
  readNamedBits,
  readOid,
  readPositiveInteger,
  readWholeBits,
  tags,
} from './der-reader.ts';
import { malformed } from './malformed-input.ts';
import {
  type KeyAlgorithm,
  keyAlgorithmOf,
  keyAlgorithms,
  signatureAlgorithmOf,
  verifies,
} from './signature-algorithms.ts';

export interface Extension {
  readonly critical: boolean;
  readonly value: Uint8Array;
}
export type Extensions = ReadonlyMap<string, Extension>;

export interface Cert {
  readonly der: Uint8Array;
  readonly tbs: Uint8Array;
  /** Magnitude, lower-case hex. */
  readonly serial: string;
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** The whole SubjectPublicKeyInfo, the AlgorithmIdentifier in it and the key in it. */
  readonly spki: Uint8Array;
  readonly keyIdentifier: Uint8Array;
  readonly keyBits: Uint8Array;
  readonly extensions: Extensions;
  readonly signatureIdentifier: Uint8Array;
  readonly signature: Uint8Array;
}

export const extensionOids = {
  keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19',
  certificatePolicies: '2.5.29.32',
  extKeyUsage: '2.5.29.37',
} as const;

export const keyUsageBits = { digitalSignature: 0, nonRepudiation: 1, keyCertSign: 5, cRLSign: 6 } as const;

const CERT_BYTES_MAX = 8192;

export function parseCert(der: Uint8Array): Cert {
  if (der.length > CERT_BYTES_MAX) malformed('cert is too long');
  const outer = DerReader.only(der, tags.sequence);
  const tbs = outer.next(tags.sequence);
  const signatureIdentifier = outer.next(tags.sequence).raw;
  const signature = readWholeBits(outer);
  outer.end();
  return {
    der,
    tbs: tbs.raw,
    ...parseTbs(new DerReader(tbs.content), signatureIdentifier),
    signatureIdentifier,
    signature,
  };
}

function parseTbs(tbs: DerReader, signatureIdentifier: Uint8Array) {
  if (toHex(tbs.next(0xa0).content) !== '020102') malformed('cert is not v3');
  const serial = readPositiveInteger(tbs);
  if (serial.length > 20) malformed('serial is longer than 20 octets');
  if (!equalBytes(tbs.next(tags.sequence).raw, signatureIdentifier)) malformed('two signature algorithms in one cert');
  const issuer = tbs.next(tags.sequence).raw;
  const validity = tbs.enter();
  const notBefore = readCertTime(validity);
  const notAfter = readCertTime(validity);
  validity.end();
  const subject = tbs.next(tags.sequence).raw;
  const spki = tbs.next(tags.sequence);
  const key = new DerReader(spki.content);
  const keyIdentifier = key.next(tags.sequence).raw;
  const keyBits = readWholeBits(key);
  key.end();
  const extensions = readExtensions(tbs.enter(0xa3));
  tbs.end();
  return {
    serial: toHex(serial),
    issuer,
    notBefore,
    notAfter,
    subject,
    spki: spki.raw,
    keyIdentifier,
    keyBits,
    extensions,
  };
}

/** Extensions ::= SEQUENCE OF, at least one, none twice; fills what is left of the reader. */
export function readExtensions(reader: DerReader): Extensions {
  const list = reader.enter();
  reader.end();
  const extensions = new Map<string, Extension>();
  do {
    const one = list.enter();
    const oid = readOid(one);
    const critical = readDefaultFalse(one);
    const value = one.next(tags.octetString).content;
    one.end();
    if (extensions.has(oid)) malformed(`extension ${oid} stands twice`);
    extensions.set(oid, { critical, value });
  } while (list.more);
  return extensions;
}

export function refuseUnknownCritical(extensions: Extensions, known: readonly string[]): void {
  for (const [oid, { critical }] of extensions) {
    if (critical && !known.includes(oid)) malformed(`critical extension ${oid} is not known`);
  }
}

export function keyUsageOf(cert: Cert): ReadonlySet<number> | undefined {
  return readExtension(cert, extensionOids.keyUsage, readNamedBits);
}

export function isCa(cert: Cert): boolean {
  const constraints = readExtension(cert, extensionOids.basicConstraints, (reader) => {
    const inner = reader.enter();
    const ca = readDefaultFalse(inner);
    const pathLength = inner.optional(tags.integer);
    inner.end();
    if (pathLength !== undefined && !ca) malformed('path length on a cert that is no CA');
    return ca;
  });
  return constraints ?? false;
}

export function policiesOf(cert: Cert): readonly string[] {
  return (
    readExtension(cert, extensionOids.certificatePolicies, (r) => readList(r, (item) => readOid(item.enter()))) ?? []
  );
}

export function extKeyUsageOf(cert: Cert): readonly string[] | undefined {
  return readExtension(cert, extensionOids.extKeyUsage, (reader) => readList(reader, readOid));
}

function readList<T>(reader: DerReader, read: (item: DerReader) => T): T[] {
  const list = reader.enter();
  const items: T[] = [];
  do items.push(read(list));
  while (list.more);
  return items;
}

function readExtension<T>(cert: Cert, oid: string, read: (reader: DerReader) => T): T | undefined {
  const extension = cert.extensions.get(oid);
  if (extension === undefined) return undefined;
  const reader = new DerReader(extension.value);
  const result = read(reader);
  reader.end();
  return result;
}

export function publicKeyOf(cert: Cert): { readonly algorithm: KeyAlgorithm; readonly publicKey: KeyObject } {
  const algorithm = keyAlgorithmOf(cert.keyIdentifier);
  return { algorithm, publicKey: keyAlgorithms[algorithm].importKey(cert.keyBits) };
}

export function isSignedBy(
  cert: Cert,
  signer: { readonly algorithm: KeyAlgorithm; readonly publicKey: KeyObject },
): boolean {
  if (signatureAlgorithmOf(cert.signatureIdentifier) !== signer.algorithm) return false;
  return verifies(signer.algorithm, signer.publicKey, cert.tbs, cert.signature);
}

export function isWithinValidity(cert: Pick<Cert, 'notBefore' | 'notAfter'>, now: Date): boolean {
  return now >= cert.notBefore && now <= cert.notAfter;
}

/** How a peer of the mutual TLS is known: SHA-256 of its SubjectPublicKeyInfo, which a renewed cert may keep. */
export function spkiPin(certDer: Uint8Array): string {
  return createHash('sha256').update(parseCert(certDer).spki).digest('hex');
}
