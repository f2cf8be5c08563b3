/** Cards for the tests of this package: keys and self-signed certs made on the spot, once per process. */
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { X509CertificateGenerator } from '@peculiar/x509';
import { type CardFile, createCardFile, type NewCard, type NewCardKey } from './card-file.ts';
import { type CardTransport, virtualCardTransport } from './card-transport.ts';
import { VirtualCard } from './virtual-card.ts';

export const now = new Date('2026-06-01T03:00:00Z');
export const AUTH_PIN = '4649';
export const SIGN_PIN = 'ABC123';

const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: Uint8Array.of(1, 0, 1),
  modulusLength: 2048,
} as const;
const P384 = { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' } as const;

async function newKey(algorithm: typeof RSA | typeof P384, pin: string): Promise<NewCardKey> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const made = await X509CertificateGenerator.createSelfSigned({
    keys,
    signingAlgorithm: algorithm,
    serialNumber: '0badcafe',
    name: 'C=JP, CN=0000000TESTAUTH99001001A',
    notBefore: new Date('2025-10-27T00:00:00Z'),
    notAfter: new Date('2030-02-17T14:59:59Z'),
  });
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  const lines = pkcs8.toString('base64').match(/.{1,64}/g) ?? [];
  const key = `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`;
  const cert = new Uint8Array(made.rawData);
  return { cert, caCert: cert, key, pin };
}

export const authKey = await newKey(RSA, AUTH_PIN);
export const signKey = await newKey(RSA, SIGN_PIN);
export const comingAuthKey = await newKey(P384, AUTH_PIN);

export function cardFile(change: Partial<NewCard> = {}): CardFile {
  return createCardFile({ issuedBy: '99001', validUntil: '20351026', auth: authKey, sign: signKey, ...change });
}

/** A card in memory; `saved` is what a chip would hold after losing power now. */
export function testCard(change: Partial<NewCard> = {}) {
  const store = { saved: cardFile(change) };
  const card = new VirtualCard(store.saved, (state) => {
    store.saved = state;
  });
  return { card, store, transport: virtualCardTransport(card) };
}

/** Passes everything on and keeps a copy of what was sent. */
export function recording(transport: CardTransport): CardTransport & { readonly sent: string[] } {
  const sent: string[] = [];
  return {
    ...transport,
    sent,
    transmit: (apdu) => {
      sent.push(Buffer.from(apdu).toString('hex'));
      return transport.transmit(apdu);
    },
  };
}

export const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
export const digits = (pin: string) => Uint8Array.from(Buffer.from(pin, 'latin1'));
