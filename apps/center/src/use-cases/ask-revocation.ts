/**
 * 有効性確認: the JPKI center's word on one cert, asked with a nonce that is bound to this very login. Only *good* lets anybody
 * in; no answer, a late one, an old one or one for another question ends the login (fail closed).
 */
import { type CardSignature, fromBase64, OcspError, ocspNonceFor } from '@machikado/pki';
import { refuse } from '@machikado/protocol';
import { askResponder } from '../ask-responder.ts';
import type { CheckedCard } from '../card-signature.ts';
import type { Center, Deadline } from '../ports.ts';

/** The answer's own bytes, which travel on as part of the cardholder's proof. */
export async function askRevocation(
  center: Center,
  { anchor, certKey }: CheckedCard,
  signed: CardSignature,
  deadline: Deadline,
): Promise<Uint8Array> {
  const nonce = ocspNonceFor(fromBase64(signed.message), fromBase64(signed.signature));
  const answer = await askResponder(center, { anchor, serial: certKey.serial, nonce }, deadline).catch(refuseUnusable);
  if (answer.status === 'revoked') refuse('USER_CERT_REVOKED', 'the responder says revoked');
  if (answer.status === 'unknown') refuse('USER_CERT_UNKNOWN', 'the responder does not know the cert');
  return answer.response;
}

function refuseUnusable(cause: unknown): never {
  if (cause instanceof OcspError) refuse('REVOCATION_STATUS_UNAVAILABLE', cause.message, { cause });
  throw cause;
}
