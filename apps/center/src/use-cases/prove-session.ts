/**
 * PR-PROVE: the card's answer. The challenge is burnt before anything is looked at, so that no answer is ever tried twice; then
 * the same kiosk, the same connection, the card's signature over a message that the center builds itself, the JPKI center's
 * word on the cert, and the municipalities that know it. The center keeps an HMAC of the proof and nothing else of it.
 */
import { timingSafeEqual } from 'node:crypto';
import { type CertKey, certRef, encodeLoginMessage, fromHex, proofDigest, toBase64 } from '@machikado/pki';
import { type ProofBundle, ProtocolError, type ProvenSession, type ProveSession, refuse } from '@machikado/protocol';
import { checkCard } from '../card-signature.ts';
import type { KnownAt, Session } from '../model.ts';
import { moveSession } from '../moves.ts';
import type { Center, Deadline } from '../ports.ts';
import type { Kiosk } from '../settings.ts';
import { askRevocation } from './ask-revocation.ts';

export interface CardAnswer {
  readonly sessionId: string;
  readonly kiosk: Kiosk;
  readonly exporter: Uint8Array;
  readonly answer: ProveSession;
  readonly deadline: Deadline;
}

export async function proveSession(center: Center, given: CardAnswer): Promise<ProvenSession> {
  const session = await burnChallenge(center, given);
  try {
    refuseOtherConnection(session, given.exporter);
    const { proof, certKey } = await checkProofOfCard(center, session, given);
    const municipalities = await findMunicipalities(center, session, certKey);
    return await rememberProof(center, session, proof, municipalities);
  } catch (error) {
    await giveUpSession(center, session, error);
    throw error;
  }
}

async function burnChallenge(center: Center, { sessionId, kiosk }: CardAnswer): Promise<Session> {
  const now = center.machineClock.now();
  const session = await center.store.sessions.useChallenge(sessionId, kiosk.kioskId, now);
  if (!session) return refuseAnswer(await center.store.sessions.find(sessionId), kiosk);
  if (session.expiresAt > now) return session;
  await center.store.transaction((tables) => moveSession(tables, session, 'expired', now));
  return refuse('SESSION_EXPIRED', 'the challenge is too old');
}

function refuseAnswer(session: Session | undefined, kiosk: Kiosk): never {
  if (session?.kioskId !== kiosk.kioskId) refuse('SESSION_UNKNOWN', 'no such session for this kiosk');
  if (session.state === 'expired' && !session.challengeUsedAt) refuse('SESSION_EXPIRED', 'the challenge is too old');
  return refuse('CHALLENGE_USED', 'the challenge was answered before');
}

function refuseOtherConnection(session: Session, exporter: Uint8Array): void {
  const begun = fromHex(session.exporter);
  if (begun.length !== exporter.length || !timingSafeEqual(begun, exporter))
    refuse('PROOF_REFUSED', 'the proof came on another connection');
}

/** The center builds the message itself, so nothing that the kiosk says about it can matter. */
async function checkProofOfCard(center: Center, session: Session, { answer, deadline }: CardAnswer) {
  const message = encodeLoginMessage({
    centerId: center.settings().centerId,
    sessionId: session.sessionId,
    operatorId: session.operatorId,
    kioskId: session.kioskId,
    nonce: session.nonce,
    exporter: fromHex(session.exporter),
    expiresAt: session.expiresAt.toISOString(),
  });
  const signed = { ...answer, message: toBase64(message) };
  const card = checkCard(center, signed);
  const ocspResponse = await askRevocation(center, card, signed, deadline);
  const proof: ProofBundle = { ...signed, ocspResponse: toBase64(ocspResponse) };
  return { proof, certKey: card.certKey };
}

/** Two municipalities that claim one residence refuse both: one of them is wrong, and nobody here can tell which. */
async function findMunicipalities(center: Center, session: Session, certKey: CertKey): Promise<KnownAt[]> {
  const { keys, municipalities } = center.settings();
  const claims = (await center.store.directory.find(certRef(keys.directory, certKey))).filter(({ lgCode }) =>
    municipalities.has(lgCode),
  );
  const contested = (role: KnownAt['role']) => claims.filter((claim) => claim.role === role).length > 1;
  for (const claim of claims.filter(({ role }) => contested(role)))
    await center.store.audit.record('directory-contested', center.machineClock.now(), { ...claim, ...idsOf(session) });
  const known = contested('residence') ? [] : claims.filter(({ role }) => !contested(role));
  if (known.length === 0) refuse('NOT_REGISTERED', claims.length > 0 ? 'contested registration' : 'no registration');
  return known;
}

async function rememberProof(
  center: Center,
  session: Session,
  proof: ProofBundle,
  municipalities: readonly KnownAt[],
): Promise<ProvenSession> {
  const { keys, lasts } = center.settings();
  const now = center.machineClock.now();
  const expiresAt = new Date(now.getTime() + lasts.provenMs);
  const proven = { proofDigest: proofDigest(keys.proof, proof), municipalities, expiresAt };
  const moved = await center.store.transaction((tables) => moveSession(tables, session, 'proven', now, { proven }));
  if (!moved) refuse('SESSION_EXPIRED', 'the session was over before the proof was checked');
  return { proof, municipalities: [...municipalities], expiresAt: expiresAt.toISOString() };
}

/** Burnt already as a challenge; a session that cannot be moved now expires. */
async function giveUpSession(center: Center, session: Session, error: unknown): Promise<void> {
  const reason = error instanceof ProtocolError ? error.code : 'INTERNAL';
  const now = center.machineClock.now();
  await center.store
    .transaction((tables) => moveSession(tables, session, 'burnt', now, { reason }))
    .catch(() => center.log.warning('session-left-to-expire', { sessionId: session.sessionId }));
}

function idsOf({ sessionId, kioskId }: Session) {
  return { sessionId, kioskId };
}
