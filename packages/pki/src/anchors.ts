/**
 * Trust anchors: the self-signed certs of the JPKI CA that an operator configures. Several generations of it carry one and the
 * same DN, so the name narrows nothing down: the signature decides. Nothing is ever trusted by its name, which is how the test
 * hierarchy stays out of a production set.
 */
import type { KeyObject } from 'node:crypto';
import { equalBytes } from './bytes.ts';
import { malformed } from './malformed-input.ts';
import { digestOf } from './references.ts';
import type { KeyAlgorithm } from './signature-algorithms.ts';
import {
  type Cert,
  extensionOids,
  isCa,
  isSignedBy,
  keyUsageBits,
  keyUsageOf,
  parseCert,
  publicKeyOf,
  refuseUnknownCritical,
} from './x509.ts';

export interface Anchor {
  readonly der: Uint8Array;
  /** SHA-256 of the DER, lower-case hex. */
  readonly fingerprint: string;
  /** Its own; magnitude, lower-case hex. */
  readonly serial: string;
  readonly subject: Uint8Array;
  readonly keyBits: Uint8Array;
  readonly algorithm: KeyAlgorithm;
  readonly publicKey: KeyObject;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

export interface AnchorSet {
  readonly anchors: readonly Anchor[];
}

/** Throws MalformedInput when one of them is not a self-signed CA cert, or stands twice: a wrong configuration stops the start. */
export function parseAnchors(ders: readonly Uint8Array[]): AnchorSet {
  const anchors = ders.map(parseAnchor);
  if (anchors.length === 0) malformed('no anchors');
  if (new Set(anchors.map((a) => a.fingerprint)).size !== anchors.length) malformed('an anchor stands twice');
  return { anchors };
}

export function parseAnchor(der: Uint8Array): Anchor {
  const cert = parseCert(der);
  if (!isCa(cert)) malformed('anchor is not a CA');
  refuseUnknownCritical(cert.extensions, [extensionOids.keyUsage, extensionOids.basicConstraints]);
  if (!keyUsageOf(cert)?.has(keyUsageBits.keyCertSign)) malformed('anchor may not sign certs');
  const key = publicKeyOf(cert);
  if (!equalBytes(cert.issuer, cert.subject) || !isSignedBy(cert, key)) malformed('anchor is not self-signed');
  const { serial, subject, keyBits, notBefore, notAfter } = cert;
  return { der, fingerprint: digestOf(der), serial, subject, keyBits, ...key, notBefore, notAfter };
}

/** The anchor whose key signed the cert. */
export function findAnchor(set: AnchorSet, cert: Cert): Anchor | undefined {
  return set.anchors.find((anchor) => isIssuedBy(cert, anchor));
}

export function isIssuedBy(cert: Cert, anchor: Anchor): boolean {
  return equalBytes(anchor.subject, cert.issuer) && isSignedBy(cert, anchor);
}
