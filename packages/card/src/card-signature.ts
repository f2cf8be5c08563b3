/**
 * COMPUTE DIGITAL SIGNATURE (80 2A): the schemes of P1 as a survey of test cards found them. An RSA key knows all of the
 * table; a P-384 key only signs what it hashes itself.
 */
import { constants, createHash, type KeyObject, privateEncrypt, randomBytes, sign } from 'node:crypto';
import { pssBlock } from './pss-encoding.ts';
import { SHA256_DIGEST_INFO } from './signature-algorithms.ts';
import { statusWords } from './status-words.ts';

type Scheme = (key: KeyObject, data: Uint8Array) => Uint8Array | number;

const VERBATIM_MAX = 245;
const DIGEST_BYTES = 32;
const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest();
const pad = (key: KeyObject, block: Uint8Array) => privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, block);

/** The salt comes from the card's own random numbers, as on a chip. */
function signPss(key: KeyObject, digest: Uint8Array): Uint8Array {
  return privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, pssBlock(digest, randomBytes(DIGEST_BYTES)));
}

const rsaSchemes: Readonly<Record<number, Scheme>> = {
  0: (key, data) => (data.length > VERBATIM_MAX ? statusWords.wrongLength : pad(key, data)),
  1: (key, data) => pad(key, sha256(data)),
  2: (key, data) =>
    data.length === DIGEST_BYTES
      ? pad(key, Buffer.concat([SHA256_DIGEST_INFO, data]))
      : statusWords.conditionsNotSatisfied,
  3: (key, data) => sign('sha256', data, key),
  4: (key, data) => (data.length === DIGEST_BYTES ? signPss(key, data) : statusWords.conditionsNotSatisfied),
  5: (key, data) => signPss(key, sha256(data)),
};

const p384Schemes: Readonly<Record<number, Scheme>> = {
  3: (key, data) => sign('sha384', data, key),
};

export function findScheme(key: KeyObject, p1: number): Scheme | undefined {
  return key.asymmetricKeyType === 'ec' ? p384Schemes[p1] : rsaSchemes[p1];
}
