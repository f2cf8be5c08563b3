/**
 * The cardholder’s proof: cert, login message, signature, OCSP answer. The center checks card and cert before it asks the OCSP
 * responder; the issuer, which is the verifier by law, checks everything again itself, so that a center alone can obtain nobody’s
 * certificate. The OCSP nonce is made from message and signature: the answer belongs to this login and no other.
 */
import { createHash } from 'node:crypto';
import type { ProofBundle } from '@machikado/protocol';
import type { Anchor } from './anchors.ts';
import { framed, fromBase64 } from './bytes.ts';
import { decodeLoginMessage, type LoginMessage } from './login-message.ts';
import { MalformedInput } from './malformed-input.ts';
import { OcspError } from './ocsp-error.ts';
import { verifyOcspResponse } from './ocsp-verification.ts';
import type { CertKey } from './references.ts';
import { verifies } from './signature-algorithms.ts';
import { type CertCheck, checkUserAuthCert } from './user-auth-cert.ts';

/** As it stands on the wire, in base64. */
export type CardSignature = Omit<ProofBundle, 'ocspResponse'>;

export type CardVerdict =
  | { readonly kind: 'valid'; readonly certKey: CertKey; readonly anchor: Anchor; readonly message: LoginMessage }
  | { readonly kind: 'refused'; readonly code: 'PROOF_REFUSED' | 'USER_CERT_EXPIRED'; readonly detail: string };

export type ProofVerdict =
  | { readonly kind: 'good'; readonly certKey: CertKey; readonly message: LoginMessage }
  | { readonly kind: 'refused'; readonly code: 'PROOF_REFUSED'; readonly detail: string };

export interface ProofCheck extends CertCheck {
  /** Age of the OCSP answer; at least what the center allows itself plus `PROOF_LIFE_MS`. */
  readonly ocspMaxAgeMs: number;
  readonly centerId: string;
  readonly expect?: { readonly sessionId: string };
}

/** How long a challenge can be answered. */
export const CHALLENGE_LIFE_MS = 90_000;
/** How long after the end of its challenge a proof is still taken: the longest use of a kiosk. */
export const PROOF_LIFE_MS = 15 * 60_000;
/** By how much the clocks of two servers may differ. */
export const CLOCK_SKEW_MS = 60_000;

export function ocspNonceFor(message: Uint8Array, signature: Uint8Array): Uint8Array {
  return new Uint8Array(
    createHash('sha256')
      .update(framed('machikado/ocsp-nonce/v1', message, signature))
      .digest(),
  );
}

/** All that can be said without asking anybody. Whether the message is the one expected is for the caller to compare. */
export function checkCardSignature(card: CardSignature, check: CertCheck): CardVerdict {
  const bytes = whenWellFormed(() => unpack(card));
  if (bytes === undefined) return refused('proof is not canonical base64');
  const cert = checkUserAuthCert(bytes.authCert, check);
  if (cert.kind === 'expired') return { kind: 'refused', code: 'USER_CERT_EXPIRED', detail: 'outside its validity' };
  if (cert.kind === 'refused') return refused(cert.why);
  if (cert.algorithm !== card.algorithm) return refused('algorithm is not that of the key');
  if (!verifies(cert.algorithm, cert.publicKey, bytes.message, bytes.signature))
    return refused('signature of the card');
  const message = whenWellFormed(() => decodeLoginMessage(bytes.message));
  if (message === undefined) return refused('login message is malformed');
  return { kind: 'valid', certKey: cert.key, anchor: cert.anchor, message };
}

export function checkProof(proof: ProofBundle, check: ProofCheck): ProofVerdict {
  const card = checkCardSignature(proof, check);
  if (card.kind === 'refused') return refused(card.detail);
  const flaw = flawOfMessage(card.message, check) ?? flawOfOcsp(proof, card, check);
  return flaw === undefined ? { kind: 'good', certKey: card.certKey, message: card.message } : refused(flaw);
}

function unpack({ authCert, message, signature }: CardSignature) {
  return { authCert: fromBase64(authCert), message: fromBase64(message), signature: fromBase64(signature) };
}

function flawOfMessage(message: LoginMessage, { centerId, expect, now }: ProofCheck): string | undefined {
  if (message.centerId !== centerId) return 'proof was made for another center';
  if (expect !== undefined && message.sessionId !== expect.sessionId) return 'proof was made for another session';
  const leftMs = Date.parse(message.expiresAt) - now.getTime();
  if (leftMs < -PROOF_LIFE_MS) return 'proof is too old';
  if (leftMs > CHALLENGE_LIFE_MS + CLOCK_SKEW_MS) return 'proof ends later than any challenge';
  return undefined;
}

function flawOfOcsp(
  proof: ProofBundle,
  { anchor, certKey: { serial } }: Extract<CardVerdict, { kind: 'valid' }>,
  { now, ocspMaxAgeMs: maxAgeMs }: ProofCheck,
): string | undefined {
  const { message, signature } = unpack(proof);
  const nonce = ocspNonceFor(message, signature);
  const response = whenWellFormed(() => fromBase64(proof.ocspResponse));
  if (response === undefined) return 'OCSP answer is not canonical base64';
  try {
    const { status } = verifyOcspResponse(response, { anchor, serial, nonce, now, maxAgeMs, skewMs: CLOCK_SKEW_MS });
    return status === 'good' ? undefined : `OCSP answer: ${status}`;
  } catch (error) {
    if (error instanceof OcspError) return error.message;
    throw error;
  }
}

function whenWellFormed<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof MalformedInput) return undefined;
    throw error;
  }
}

function refused(detail: string) {
  return { kind: 'refused', code: 'PROOF_REFUSED', detail } as const;
}
