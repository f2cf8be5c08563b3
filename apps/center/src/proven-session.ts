/**
 * Everything after the login brings the cardholder's proof again. The center compares it with the HMAC that it kept: same
 * kiosk, same session, same card, not too late, and a municipality that knew the cert.
 */
import { timingSafeEqual } from 'node:crypto';
import { fromHex, proofDigest } from '@machikado/pki';
import { type ProofBundle, refuse } from '@machikado/protocol';
import type { Session } from './model.ts';
import type { Center } from './ports.ts';
import { getMunicipality, type Kiosk, type Municipality } from './settings.ts';

export interface Claim {
  readonly sessionId: string;
  readonly kiosk: Kiosk;
  readonly lgCode: string;
  readonly proof: ProofBundle;
}

export interface ProvenUse {
  readonly session: Session;
  readonly town: Municipality;
}

export async function getProvenUse(center: Center, claim: Claim): Promise<ProvenUse> {
  const session = await center.store.sessions.find(claim.sessionId);
  if (session?.kioskId !== claim.kiosk.kioskId) refuse('SESSION_UNKNOWN', 'no such session for this kiosk');
  refuseUnlessProven(session, center.machineClock.now());
  refuseOtherProof(center, session, claim.proof);
  const town = getMunicipality(center.settings(), claim.lgCode);
  if (!session.municipalities.some(({ lgCode }) => lgCode === claim.lgCode))
    refuse('MUNICIPALITY_NOT_PARTICIPATING', 'the municipality does not know this cert');
  return { session, town };
}

function refuseUnlessProven({ state, expiresAt }: Session, now: Date): void {
  if (state === 'expired' || (state === 'proven' && expiresAt <= now))
    refuse('SESSION_EXPIRED', 'the session is too old');
  if (state !== 'proven') refuse('SESSION_UNKNOWN', `the session is ${state}`);
}

function refuseOtherProof(center: Center, session: Session, proof: ProofBundle): void {
  const given = proofDigest(center.settings().keys.proof, proof);
  if (!session.proofDigest || !timingSafeEqual(fromHex(session.proofDigest), fromHex(given)))
    refuse('PROOF_REFUSED', 'not the proof of this session');
}
