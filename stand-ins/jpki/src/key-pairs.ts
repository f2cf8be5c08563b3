/** Key pairs, made in the thread pool so that many can be made at once: RSA-2048 takes a noticeable part of a second each. */
import { webcrypto } from 'node:crypto';

export const keyKinds = {
  'rsa-2048': {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    publicExponent: Uint8Array.of(1, 0, 1),
    modulusLength: 2048,
  },
  'p-256': { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  'p-384': { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' },
} as const;
export type KeyKind = keyof typeof keyKinds;

export type KeyPair = webcrypto.CryptoKeyPair;

export function makeKeyPair(kind: KeyKind): Promise<KeyPair> {
  return webcrypto.subtle.generateKey(keyKinds[kind], true, ['sign', 'verify']);
}

export async function toPem(key: webcrypto.CryptoKey): Promise<string> {
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key));
  const lines = pkcs8.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`;
}

export function fromPem(pem: string, kind: KeyKind): Promise<webcrypto.CryptoKey> {
  const der = Buffer.from(pem.replace(/-----[A-Z ]+-----|\s/g, ''), 'base64');
  return webcrypto.subtle.importKey('pkcs8', der, keyKinds[kind], true, ['sign']);
}
