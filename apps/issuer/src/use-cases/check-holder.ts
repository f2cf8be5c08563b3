/**
 * Who asks? The municipality is the verifier by law (公的個人認証法 第36条, 第38条), so the issuer checks the cardholder’s proof
 * itself: a center alone obtains nobody’s certificate. Then its own 利用者登録 says whose cert it is.
 */
import { type CertKey, checkProof, proofDigest } from '@machikado/pki';
import { type ProofBundle, type Role, refuse } from '@machikado/protocol';
import type { Municipality, Ports } from '../ports.ts';
import { findRegistration } from '../store/registration-book.ts';
import { countSessionUse, type SessionUse } from '../store/session-uses.ts';
import { refuseDoubtfulBook, refuseStaleFeed } from './feed-age.ts';

export interface Question {
  readonly sessionId: string;
  readonly proof: ProofBundle;
}
export interface Holder {
  readonly certKey: CertKey;
  readonly residentId: string;
  readonly role: Role;
}

export async function checkHolder(
  question: Question,
  purpose: 'offers' | 'order',
  town: Municipality,
  ports: Ports,
): Promise<Holder> {
  const certKey = checkOwnProof(question, ports);
  return ports.store.inMunicipality(town.lgCode, async (tx) => {
    await refuseStaleFeed(tx, town, ports.businessClock.now());
    await refuseDoubtfulBook(tx, 'residents', town, ports.businessClock.now());
    const cert = { anchor: certKey.anchorFingerprint, serial: certKey.serial };
    const registration = await findRegistration(tx, cert);
    if (registration?.state !== 'active') refuse('NOT_REGISTERED', registration?.endedBy ?? 'no 利用者登録');
    const proofRef = proofDigest(town.keys.residentRefSecret, question.proof);
    const now = ports.machineClock.now();
    refuseOverUse(await countSessionUse(tx, { sessionId: question.sessionId, proofRef, purpose }, now), proofRef, town);
    return { certKey, residentId: registration.residentId, role: registration.role };
  });
}

function checkOwnProof({ proof, sessionId }: Question, { login, machineClock }: Ports): CertKey {
  const verdict = checkProof(proof, { ...login(), now: machineClock.now(), expect: { sessionId } });
  if (verdict.kind === 'refused') refuse(verdict.code, verdict.detail);
  return verdict.certKey;
}

function refuseOverUse(use: SessionUse, proofRef: string, { settings: { sessionLimits } }: Municipality): void {
  if (use.proofRef !== proofRef) refuse('PROOF_REFUSED', 'the session began with another proof');
  if (use.offers > sessionLimits.offers || use.orders > sessionLimits.orders) {
    refuse('PROOF_REFUSED', 'the proof was used more often than one visit needs');
  }
}
