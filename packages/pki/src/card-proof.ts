/**
 * The cardholder’s proof: cert, login message, signature, OCSP answer. The center checks card and cert before it asks the OCSP
 * responder; the issuer, which is the verifier by law, checks everything again itself, so that a center alone can obtain nobody’s
 * certificate. The OCSP nonce is made from message and signature: the answer belongs to this login and no other.
 */
import { createHash } from 'node:crypto';
import type { ProofBundle, SignatureAlgorithm } from '@machikado/protocol';
import type { Anchor } from './anchors.ts';
import { framed, fromBase64 } from './bytes.ts';
import { decodeLoginMessage, type LoginMessage } from './login-message.ts';
import { MalformedInput } from './malformed-input.ts';
import { OcspError } from './ocsp-error.ts';
import { verifyOcspResponse } from './ocsp-verification.ts';
import type { CertKey } from './references.ts';
import { verifies } from './signature-algorithms.ts';
import { type CertCheck, checkUserAuthCert } from './user-auth-cert.ts';

export interface CardSignature {
  readonly authCert: Uint8Array;
  readonly algorithm: SignatureAlgorithm;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

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
  const cert = checkUserAuthCert(card.authCert, check);
  if (cert.kind === 'expired') return { kind: 'refused', code: 'USER_CERT_EXPIRED', detail: 'outside its validity' };
  if (cert.kind === 'refused') return refused(cert.why);
  if (cert.algorithm !== card.algorithm) return refused('algorithm is not that of the key');
  if (!verifies(cert.algorithm, cert.publicKey, card.message, card.signature)) return refused('signature of the card');
  const message = whenWellFormed(() => decodeLoginMessage(card.message));
  if (message === undefined) return refused('login message is malformed');
  return { kind: 'valid', certKey: cert.key, anchor: cert.anchor, message };
}

export function checkProof(bundle: ProofBundle, check: ProofCheck): ProofVerdict {
  const parts = whenWellFormed(() => unpack(bundle));
  if (parts === undefined) return refused('proof is not canonical base64');
  const card = checkCardSignature(parts, check);
  if (card.kind === 'refused') return refused(card.detail);
  const flaw = flawOfMessage(card.message, check) ?? flawOfOcsp(parts, card, check);
  return flaw === undefined ? { kind: 'good', certKey: card.certKey, message: card.message } : refused(flaw);
}

function unpack(bundle: ProofBundle) {
  const { authCert, algorithm, message, signature, ocspResponse } = bundle;
  return {
    algorithm,
    authCert: fromBase64(authCert),
    message: fromBase64(message),
    signature: fromBase64(signature),
    ocspResponse: fromBase64(ocspResponse),
  };
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
  parts: ReturnType<typeof unpack>,
  { anchor, certKey }: Extract<CardVerdict, { kind: 'valid' }>,
  { now, ocspMaxAgeMs }: ProofCheck,
): string | undefined {
  const nonce = ocspNonceFor(parts.message, parts.signature);
  const times = { now, maxAgeMs: ocspMaxAgeMs, skewMs: CLOCK_SKEW_MS };
  try {
    const { status } = verifyOcspResponse(parts.ocspResponse, { anchor, serial: certKey.serial, nonce, ...times });
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
