/**
 * Cardholders for the tests of a center: a small CA with the strict profile, cards that sign login messages, and a responder
 * that answers any OCSP request as a real one would, or as it is told to.
 */
import 'reflect-metadata';
import { KeyObject, sign, webcrypto } from 'node:crypto';
import {
  type AnchorSet,
  type CertKey,
  type CertProfile,
  encodeLoginMessage,
  type LoginMessage,
  parseAnchors,
  parseOcspRequest,
  type RevocationStatus,
  signOcspResponse,
  toBase64,
} from '@machikado/pki';
import type { ProveSession } from '@machikado/protocol';
import * as x509 from '@peculiar/x509';

const P384 = { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' };
const POLICY = '1.2.392.200149.8.5.1.3.30';
const NAME = 'C=JP, O=JPKI-TEST, OU=JPKI for user authentication';

export interface Cardholder {
  readonly certKey: CertKey;
  readonly authCert: Uint8Array;
  /** What the card answers to a challenge on this connection. */
  sign(message: LoginMessage): ProveSession;
}

export interface TestCardholders {
  readonly anchors: AnchorSet;
  readonly anchorDer: Uint8Array;
  readonly profile: CertProfile;
  makeCardholder(serial: string): Promise<Cardholder>;
  /** Serials not in the table are good. */
  respond(
    request: Uint8Array,
    how: { readonly at: Date; readonly statuses?: ReadonlyMap<string, RevocationStatus> },
  ): Uint8Array;
}

/** All certs are valid from a year before `now` to four years after it. */
export async function createTestCardholders(now: Date): Promise<TestCardholders> {
  x509.cryptoProvider.set(webcrypto as never);
  const validity = { notBefore: years(now, -1), notAfter: years(now, 4) };
  const caKeys = await newKeys();
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    ...{ serialNumber: '06d18006', name: NAME, keys: caKeys as never, signingAlgorithm: P384, ...validity },
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  });
  const anchorDer = new Uint8Array(ca.rawData);
  const anchors = parseAnchors([anchorDer]);
  const anchorFingerprint = anchors.anchors[0]?.fingerprint ?? '';

  async function issue(serialNumber: string, subject: string, extensions: x509.Extension[]) {
    const keys = await newKeys();
    const cert = await x509.X509CertificateGenerator.create({
      ...{ serialNumber, subject, issuer: ca.subject, publicKey: keys.publicKey as never },
      ...{ signingKey: caKeys.privateKey as never, signingAlgorithm: P384, extensions, ...validity },
    });
    return { cert: new Uint8Array(cert.rawData), privateKey: KeyObject.from(keys.privateKey as never) };
  }

  const responder = await issue('0b5e', `${NAME}, CN=OCSP`, [
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    new x509.ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.9']),
    new x509.Extension('1.3.6.1.5.5.7.48.1.5', false, Uint8Array.of(5, 0)),
  ]);

  return {
    anchors,
    anchorDer,
    profile: { policyOids: [POLICY], algorithms: ['ecdsa-p384-sha384'] },
    async makeCardholder(serial) {
      const { cert, privateKey } = await issue(serial, `C=JP, CN=TEST${serial}`, [
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.CertificatePolicyExtension([POLICY]),
      ]);
      return {
        certKey: { anchorFingerprint, serial },
        authCert: cert,
        sign: (message) => ({
          authCert: toBase64(cert),
          algorithm: 'ecdsa-p384-sha384',
          signature: toBase64(new Uint8Array(sign('sha384', encodeLoginMessage(message), privateKey))),
        }),
      };
    },
    respond(request, { at, statuses = new Map() }) {
      const { certIds, nonce } = parseOcspRequest(request);
      const responses = certIds.map((certId) => ({
        certId,
        ...(statuses.get(certId.serial) ?? { status: 'good' as const }),
        thisUpdate: at,
      }));
      const signer = { cert: responder.cert, privateKey: responder.privateKey };
      return signOcspResponse({ responses, producedAt: at, ...(nonce && { nonce }), signer });
    },
  };
}

function newKeys() {
  return webcrypto.subtle.generateKey(P384, true, ['sign', 'verify']);
}

function years(from: Date, count: number): Date {
  return new Date(Date.UTC(from.getUTCFullYear() + count, from.getUTCMonth(), from.getUTCDate()));
}
