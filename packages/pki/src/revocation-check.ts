/** 失効確認: asks the responder about one cert, now, with a nonce of our own. No answer and a bad answer are the same: OcspError. */
import type { Anchor } from './anchors.ts';
import { unusable } from './ocsp-error.ts';
import { buildOcspRequest } from './ocsp-request.ts';
import type { RevocationStatus } from './ocsp-response.ts';
import { verifyOcspResponse } from './ocsp-verification.ts';

export interface RevocationQuestion {
  readonly anchor: Anchor;
  readonly serial: string;
  readonly nonce: Uint8Array;
  readonly maxAgeMs: number;
  readonly skewMs: number;
}

export interface RevocationPorts {
  /** Posts to the configured URL of the responder, never to one out of a cert; brings its own timeout. */
  readonly fetchOcsp: (request: Uint8Array) => Promise<Uint8Array>;
  readonly now: () => Date;
}

/** With the answer’s own bytes, which travel on as part of the cardholder’s proof. */
export async function checkRevocation(
  question: RevocationQuestion,
  { fetchOcsp, now }: RevocationPorts,
): Promise<RevocationStatus & { readonly response: Uint8Array }> {
  const request = buildOcspRequest({ ...question, hash: 'sha256' });
  const response = await fetchOcsp(request).catch((cause: unknown) => unusable('unreachable', cause));
  return { ...verifyOcspResponse(response, { ...question, now: now() }), response };
}
