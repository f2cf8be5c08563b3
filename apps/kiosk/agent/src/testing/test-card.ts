/** A card for the agent’s tests, with a key made once per process and a PIN that stands nowhere else. */
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { type CardFile, type CardTransport, createCardFile, VirtualCard, virtualCardTransport } from '@machikado/card';
import { X509CertificateGenerator } from '@peculiar/x509';

export const PIN = '8305';

const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: Uint8Array.of(1, 0, 1),
  modulusLength: 2048,
} as const;

const keys = await webcrypto.subtle.generateKey(RSA, true, ['sign', 'verify']);
const made = await X509CertificateGenerator.createSelfSigned({
  keys,
  signingAlgorithm: RSA,
  serialNumber: '0badcafe',
  name: 'C=JP, CN=0000000TESTAUTH99001001A',
  notBefore: new Date('2025-10-27T00:00:00Z'),
  notAfter: new Date('2030-02-17T14:59:59Z'),
});
const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
const pem = `-----BEGIN PRIVATE KEY-----\n${(pkcs8.match(/.{1,64}/g) ?? []).join('\n')}\n-----END PRIVATE KEY-----\n`;
const cert = new Uint8Array(made.rawData);
export const freshCardFile = createCardFile({
  issuedBy: '99001',
  validUntil: '20351026',
  auth: { cert, caCert: cert, key: pem, pin: PIN },
  sign: null,
});

export function testCard(change: Partial<CardFile> = {}): CardTransport {
  return virtualCardTransport(new VirtualCard({ ...freshCardFile, ...change }, () => {}));
}

/** Thinks for ever about every command. */
export function slowCard(): CardTransport {
  return { ...testCard(), transmit: () => new Promise<Uint8Array>(() => {}) };
}
