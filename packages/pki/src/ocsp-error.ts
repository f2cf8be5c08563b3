/** Every way in which an OCSP answer is unusable, each with its own name for the log. All of them end the login: fail closed. */
export type OcspFlaw =
  | 'unreachable'
  | 'malformed'
  | 'responder-malformed-request'
  | 'responder-internal-error'
  | 'responder-try-later'
  | 'responder-sig-required'
  | 'responder-unauthorized'
  | 'signer-not-issued-by-anchor'
  | 'signer-purpose'
  | 'signer-outside-validity'
  | 'responder-id'
  | 'signature'
  | 'other-cert'
  | 'nonce-missing'
  | 'nonce-differs'
  | 'nonce-not-asked'
  | 'produced-in-future'
  | 'produced-before-update'
  | 'update-in-future'
  | 'too-old'
  | 'superseded'
  | 'no-next-update';

export class OcspError extends Error {
  override readonly name = 'OcspError';
  readonly flaw: OcspFlaw;

  constructor(flaw: OcspFlaw, options?: ErrorOptions) {
    super(`OCSP answer is unusable: ${flaw}`, options);
    this.flaw = flaw;
  }
}

export function unusable(flaw: OcspFlaw, cause?: unknown): never {
  throw new OcspError(flaw, cause === undefined ? {} : { cause });
}
