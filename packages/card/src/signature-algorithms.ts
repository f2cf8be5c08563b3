/**
 * What a card’s key can be, one row per algorithm: RSA-2048 is on every card of today, the coming card has P-384.
 * A row says how the login message goes into COMPUTE DIGITAL SIGNATURE. The classic RSA way is a DigestInfo that the card
 * pads (P1 = 00, what every reader of today’s cards does); for P-384, whose interface is not public yet, the card is
 * given the message and hashes it itself (P1 = 03). In both cases the hash is made here or in the card, never taken from outside.
 */
import { createHash, type KeyObject, X509Certificate } from 'node:crypto';

export interface CardAlgorithm {
  /** Named as on the wire (SignatureAlgorithm of the protocol). */
  readonly id: 'rsa-pkcs1-sha256' | 'ecdsa-p384-sha384';
  readonly hash: 'sha256' | 'sha384';
  readonly scheme: number;
  readonly replyMax: number;
  fits(publicKey: KeyObject): boolean;
  toCard(message: Uint8Array): Uint8Array;
}

/** DER of DigestInfo up to the digest (RFC 8017 section 9.2, note 1). */
export const SHA256_DIGEST_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');

export const cardAlgorithms: readonly CardAlgorithm[] = [
  {
    id: 'rsa-pkcs1-sha256',
    hash: 'sha256',
    scheme: 0x00,
    replyMax: 256,
    fits: (key) => key.asymmetricKeyType === 'rsa' && key.asymmetricKeyDetails?.modulusLength === 2048,
    toCard: (message) => Buffer.concat([SHA256_DIGEST_INFO, createHash('sha256').update(message).digest()]),
  },
  {
    id: 'ecdsa-p384-sha384',
    hash: 'sha384',
    scheme: 0x03,
    replyMax: 256,
    fits: (key) => key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'secp384r1',
    toCard: (message) => message,
  },
];

/** Undefined for a key of another kind, and for bytes that are no cert at all. */
export function findCardAlgorithm(certDer: Uint8Array): CardAlgorithm | undefined {
  const publicKey = publicKeyIn(certDer);
  return publicKey && cardAlgorithms.find((algorithm) => algorithm.fits(publicKey));
}

function publicKeyIn(certDer: Uint8Array): KeyObject | undefined {
  try {
    return new X509Certificate(certDer).publicKey;
  } catch {
    return undefined;
  }
}
