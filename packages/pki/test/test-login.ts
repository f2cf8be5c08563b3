/** A whole login for the tests: CA, card, message, signature, OCSP answer, proof. */
import { sign } from 'node:crypto';
import type { ProofBundle, SignatureAlgorithm } from '@machikado/protocol';
import { parseAnchors } from '../src/anchors.ts';
import { toBase64 } from '../src/bytes.ts';
import { ocspNonceFor } from '../src/card-proof.ts';
import { encodeLoginMessage, type LoginMessage } from '../src/login-message.ts';
import { certIdOf } from '../src/ocsp-cert-id.ts';
import { type RevocationStatus, signOcspResponse } from '../src/ocsp-response.ts';
import { keyAlgorithms } from '../src/signature-algorithms.ts';
import { AUTH_POLICY, caPlan, makeCert, NOW, responderPlan, testKey, userPlan } from './test-certs.ts';

export const SERIAL = '1a2b3c4d';
export const ca = testKey('ca');
export const anchors = parseAnchors([makeCert(caPlan(ca))]);
export const anchor = anchors.anchors[0] as NonNullable<(typeof anchors.anchors)[0]>;
export const card = testKey('card');
export const authCert = makeCert(userPlan(card, ca));
const responderKey = testKey('responder', 'ecdsa-p256-sha256');
export const responder = { cert: makeCert(responderPlan(responderKey, ca)), privateKey: responderKey.privateKey };
export const profile = { policyOids: [AUTH_POLICY], algorithms: ['rsa-pkcs1-sha256'] } as const;

export const loginMessage: LoginMessage = {
  centerId: 'center',
  sessionId: '00112233445566778899aabbccddeeff',
  operatorId: 'operator-a',
  kioskId: 'kiosk-a-0001',
  nonce: '5a'.repeat(32),
  exporter: new Uint8Array(32).fill(0xe7),
  expiresAt: '2026-07-01T03:01:30.000Z',
};

export const later = (ms: number, from = NOW) => new Date(from.getTime() + ms);

export function answerOf(
  status: RevocationStatus,
  nonce: Uint8Array | undefined,
  changes: Partial<Parameters<typeof signOcspResponse>[0]> & {
    thisUpdate?: Date;
    nextUpdate?: Date;
    serial?: string;
  } = {},
): Uint8Array {
  const { thisUpdate = NOW, nextUpdate = later(600_000), serial = SERIAL, ...rest } = changes;
  const single = { ...status, certId: certIdOf(anchor, serial, 'sha256'), thisUpdate, nextUpdate };
  return signOcspResponse({
    responses: [single],
    producedAt: NOW,
    ...(nonce && { nonce }),
    signer: responder,
    ...rest,
  });
}

export function makeProof(
  changes: { message?: Uint8Array; status?: RevocationStatus; cert?: Uint8Array; key?: typeof card } = {},
): ProofBundle {
  const {
    message = encodeLoginMessage(loginMessage),
    status = { status: 'good' },
    cert = authCert,
    key = card,
  } = changes;
  const signature = new Uint8Array(sign(keyAlgorithms[key.algorithm].hash, message, key.privateKey));
  return {
    authCert: toBase64(cert),
    algorithm: key.algorithm as SignatureAlgorithm,
    message: toBase64(message),
    signature: toBase64(signature),
    ocspResponse: toBase64(answerOf(status, ocspNonceFor(message, signature))),
  };
}
