/**
 * Logins for tests: a small CA with the strict profile, cards under it and the proofs that a center would pass on. Nothing is
 * asked over a network; the OCSP answer is signed on the spot and bound to the login like a real one.
 */
import 'reflect-metadata';
import { KeyObject, sign, webcrypto } from 'node:crypto';
import {
  type AnchorSet,
  type CertProfile,
  certIdOf,
  encodeLoginMessage,
  ocspNonceFor,
  parseAnchors,
  type RevocationStatus,
  signOcspResponse,
  toBase64,
} from '@machikado/pki';
import type { ProofBundle } from '@machikado/protocol';
import * as x509 from '@peculiar/x509';

const P384 = { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' };
const POLICY = '1.2.392.200149.8.5.1.3.30';
const NAME = 'C=JP, O=JPKI-TEST, OU=JPKI for user authentication';

export interface TestCard {
  readonly anchor: string;
  readonly serial: string;
  readonly authCert: Uint8Array;
  readonly privateKey: KeyObject;
}
export interface ProofOrder {
  readonly card: TestCard;
  readonly sessionId: string;
  readonly now: Date;
  readonly centerId?: string;
  readonly status?: RevocationStatus;
}
export interface TestLogins {
  readonly anchors: AnchorSet;
  readonly anchorDer: Uint8Array;
  readonly profile: CertProfile;
  makeCard(serial: string): Promise<TestCard>;
  prove(order: ProofOrder): ProofBundle;
}

/** All certs are valid from a year before `now` to four years after it. */
export async function createTestLogins(now: Date): Promise<TestLogins> {
  x509.cryptoProvider.set(webcrypto as never);
  const validity = { notBefore: years(now, -1), notAfter: years(now, 4) };
  const caKeys = await newKeys();
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    ...{ serialNumber: '06d18006', name: NAME, keys: caKeys, signingAlgorithm: P384, ...validity },
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  });
  const anchorDer = new Uint8Array(ca.rawData);
  const anchors = parseAnchors([anchorDer]);
  const [anchor] = anchors.anchors;
  if (!anchor) throw new RangeError('no anchor');
  const issue = async (serialNumber: string, subject: string, extensions: x509.Extension[]) => {
    const keys = await newKeys();
    const cert = await x509.X509CertificateGenerator.create({
      ...{ serialNumber, subject, issuer: ca.subject, publicKey: keys.publicKey, signingKey: caKeys.privateKey },
      ...{ signingAlgorithm: P384, extensions, ...validity },
    });
    return { cert: new Uint8Array(cert.rawData), privateKey: KeyObject.from(keys.privateKey as never) };
  };
  const responder = await issue('0b5e', `${NAME}, CN=OCSP`, [
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    new x509.ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.9']),
    new x509.Extension('1.3.6.1.5.5.7.48.1.5', false, Uint8Array.of(5, 0)),
  ]);
  return {
    anchors,
    anchorDer,
    profile: { policyOids: [POLICY], algorithms: ['ecdsa-p384-sha384'] },
    async makeCard(serial) {
      const { cert, privateKey } = await issue(serial, `C=JP, CN=TEST${serial}`, [
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.CertificatePolicyExtension([POLICY]),
      ]);
      return { anchor: anchor.fingerprint, serial, authCert: cert, privateKey };
    },
    prove({ card, sessionId, now: at, centerId = 'center', status = { status: 'good' } }) {
      const message = encodeLoginMessage({
        ...{ centerId, sessionId, operatorId: 'operator-a', kioskId: 'kiosk-a-0001', nonce: '5a'.repeat(32) },
        ...{ exporter: new Uint8Array(32).fill(0xe7), expiresAt: new Date(at.getTime() + 90_000).toISOString() },
      });
      const signature = new Uint8Array(sign('sha384', message, card.privateKey));
      const single = { ...status, certId: certIdOf(anchor, card.serial, 'sha256'), thisUpdate: at };
      const nonce = ocspNonceFor(message, signature);
      const signer = { cert: responder.cert, privateKey: responder.privateKey };
      const ocspResponse = signOcspResponse({ responses: [single], producedAt: at, nonce, signer });
      return {
        authCert: toBase64(card.authCert),
        algorithm: 'ecdsa-p384-sha384',
        message: toBase64(message),
        signature: toBase64(signature),
        ocspResponse: toBase64(ocspResponse),
      };
    },
  };
}

function newKeys() {
  return webcrypto.subtle.generateKey(P384, true, ['sign', 'verify']) as Promise<CryptoKeyPair>;
}

function years(from: Date, count: number): Date {
  return new Date(Date.UTC(from.getUTCFullYear() + count, from.getUTCMonth(), from.getUTCDate()));
}

type CryptoKeyPair = Parameters<typeof x509.X509CertificateGenerator.createSelfSigned>[0] extends { keys: infer K }
  ? K
  : never;
