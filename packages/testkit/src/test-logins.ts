/** Proofs for the tests of an issuer: what a center would pass on after a login, with an OCSP answer bound to it. */
import {
  type AnchorSet,
  buildOcspRequest,
  type CertProfile,
  encodeLoginMessage,
  fromBase64,
  ocspNonceFor,
  type RevocationStatus,
  toBase64,
} from '@machikado/pki';
import type { ProofBundle } from '@machikado/protocol';
import { type Cardholder, createTestCardholders } from './test-cardholders.ts';

export interface TestCard extends Cardholder {
  readonly anchor: string;
  readonly serial: string;
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

export async function createTestLogins(now: Date): Promise<TestLogins> {
  const { anchors, anchorDer, profile, makeCardholder, respond } = await createTestCardholders(now);
  const [anchor] = anchors.anchors;
  if (!anchor) throw new RangeError('no anchor');
  return {
    ...{ anchors, anchorDer, profile },
    async makeCard(serial) {
      return { ...(await makeCardholder(serial)), anchor: anchor.fingerprint, serial };
    },
    prove({ card, sessionId, now: at, centerId = 'center', status = { status: 'good' } }) {
      const message = {
        ...{ centerId, sessionId, operatorId: 'operator-a', kioskId: 'kiosk-a-0001', nonce: '5a'.repeat(32) },
        ...{ exporter: new Uint8Array(32).fill(0xe7), expiresAt: new Date(at.getTime() + 90_000).toISOString() },
      };
      const answer = card.sign(message);
      const bytes = encodeLoginMessage(message);
      const nonce = ocspNonceFor(bytes, fromBase64(answer.signature));
      const request = buildOcspRequest({ anchor, serial: card.serial, nonce, hash: 'sha256' });
      const ocspResponse = respond(request, { at, statuses: new Map([[card.serial, status]]) });
      return { ...answer, message: toBase64(bytes), ocspResponse: toBase64(ocspResponse) };
    },
  };
}
