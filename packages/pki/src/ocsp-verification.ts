/**
 * What an OCSP answer is worth (RFC 6960 section 3.2), fail closed: either one of the three statuses a responder can give, or an
 * OcspError that says why nothing can be concluded. The signer is the CA itself or a delegate that this same CA issued for it.
 */
import type { Anchor } from './anchors.ts';
import { isIssuedBy } from './anchors.ts';
import { equalBytes, equalInConstantTime } from './bytes.ts';
import { MalformedInput } from './malformed-input.ts';
import { isUnderAnchor } from './ocsp-cert-id.ts';
import { type OcspFlaw, unusable } from './ocsp-error.ts';
import {
  type BasicResponse,
  keyHashOf,
  type OcspErrorStatus,
  parseOcspResponse,
  type RevocationStatus,
  type SingleResponse,
} from './ocsp-response.ts';
import { type KeyAlgorithm, verifies } from './signature-algorithms.ts';
import {
  type Cert,
  extensionOids,
  extKeyUsageOf,
  isCa,
  isWithinValidity,
  keyUsageBits,
  keyUsageOf,
  parseCert,
  publicKeyOf,
  refuseUnknownCritical,
} from './x509.ts';

export interface OcspExpectation {
  readonly anchor: Anchor;
  /** Magnitude, lower-case hex. */
  readonly serial: string;
  /** What was asked; without one the answer must say until when it holds. */
  readonly nonce?: Uint8Array | undefined;
  readonly now: Date;
  readonly maxAgeMs: number;
  readonly skewMs: number;
}

const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9';
const flawOfErrorStatus: Readonly<Record<OcspErrorStatus, OcspFlaw>> = {
  malformedRequest: 'responder-malformed-request',
  internalError: 'responder-internal-error',
  tryLater: 'responder-try-later',
  sigRequired: 'responder-sig-required',
  unauthorized: 'responder-unauthorized',
};

export function verifyOcspResponse(bytes: Uint8Array, expected: OcspExpectation): RevocationStatus {
  try {
    const response = parseOcspResponse(bytes);
    if ('error' in response) return unusable(flawOfErrorStatus[response.error]);
    refuseOtherSigner(response, expected);
    refuseOtherNonce(response.nonce, expected.nonce);
    const single = worstOf(response.responses.filter((one) => isAbout(one, expected))) ?? unusable('other-cert');
    refuseOtherTime(response.producedAt, single, expected);
    return statusOf(single);
  } catch (error) {
    if (error instanceof MalformedInput) unusable('malformed', error);
    throw error;
  }
}

function refuseOtherSigner(response: BasicResponse, { anchor, now }: OcspExpectation): void {
  const [der, ...others] = response.certs;
  if (others.some((other) => !equalBytes(other, anchor.der))) unusable('signer-not-issued-by-anchor');
  const signer = der === undefined || equalBytes(der, anchor.der) ? anchor : delegate(parseCert(der), anchor);
  if (!isWithinValidity(signer, now)) unusable('signer-outside-validity');
  const id = response.responderId;
  const named =
    'byName' in id ? equalBytes(id.byName, signer.subject) : equalBytes(id.byKey, keyHashOf(signer.keyBits));
  if (!named) unusable('responder-id');
  if (response.algorithm !== signer.algorithm) unusable('signature');
  if (!verifies(signer.algorithm, signer.publicKey, response.tbs, response.signature)) unusable('signature');
}

type Signer = Pick<Anchor, 'subject' | 'keyBits' | 'publicKey' | 'notBefore' | 'notAfter'> & {
  readonly algorithm: KeyAlgorithm;
};

/** RFC 6960 section 4.2.2.2: issued directly by the CA in question and marked for it. Its own revocation is left to its short life. */
function delegate(cert: Cert, anchor: Anchor): Signer {
  if (!isIssuedBy(cert, anchor)) unusable('signer-not-issued-by-anchor');
  refuseUnknownCritical(cert.extensions, Object.values(extensionOids));
  const usage = keyUsageOf(cert);
  const maySign = usage === undefined || usage.has(keyUsageBits.digitalSignature);
  if (!maySign || isCa(cert) || !extKeyUsageOf(cert)?.includes(OCSP_SIGNING)) unusable('signer-purpose');
  return { ...cert, ...publicKeyOf(cert) };
}

function refuseOtherNonce(given: Uint8Array | undefined, asked: Uint8Array | undefined): void {
  if (asked === undefined) {
    if (given !== undefined) unusable('nonce-not-asked');
    return;
  }
  if (given === undefined) unusable('nonce-missing');
  if (!equalInConstantTime(given, asked)) unusable('nonce-differs');
}

function isAbout({ certId }: SingleResponse, { anchor, serial }: OcspExpectation): boolean {
  return certId.serial === serial && isUnderAnchor(certId, anchor);
}

/** A responder that says two things about one cert is believed in the worse one. */
function worstOf(singles: readonly SingleResponse[]): SingleResponse | undefined {
  const rank = (single: SingleResponse) => ['good', 'unknown', 'revoked'].indexOf(single.status);
  return singles.toSorted((a, b) => rank(b) - rank(a))[0];
}

function refuseOtherTime(producedAt: Date, single: SingleResponse, expected: OcspExpectation): void {
  const { now, nonce, maxAgeMs, skewMs } = expected;
  const [produced, updated] = [producedAt.getTime(), single.thisUpdate.getTime()];
  if (produced > now.getTime() + skewMs) unusable('produced-in-future');
  if (updated > now.getTime() + skewMs) unusable('update-in-future');
  if (produced < updated - skewMs) unusable('produced-before-update');
  if (Math.min(produced, updated) < now.getTime() - maxAgeMs) unusable('too-old');
  // An answer to our own nonce was made for this very question, so it had to hold when it was made; maxAgeMs bounds its use.
  const heldAt = nonce === undefined ? now.getTime() : produced;
  if (single.nextUpdate !== undefined && single.nextUpdate.getTime() < heldAt - skewMs) unusable('superseded');
  if (single.nextUpdate === undefined && nonce === undefined) unusable('no-next-update');
}

function statusOf(single: SingleResponse): RevocationStatus {
  if (single.status !== 'revoked') return { status: single.status };
  return { status: 'revoked', at: single.at, ...(single.reason !== undefined && { reason: single.reason }) };
}
