/**
 * Every refusal that may cross a wire, one row per code.
 * `origin` says who failed, `retry` what the asker may do: `never` the same again, `later`, `new-order` (a fresh order that
 * names the dead one), `same-request` (the same request with the same id gets the same answer).
 * A retired code keeps its row, so that it is never given a second meaning.
 * errors.test.ts keeps this table and docs/protocol/errors.md identical.
 */
export type ErrorOrigin = 'kiosk' | 'center' | 'issuer' | 'jpki' | 'registry' | 'resident' | 'any';
export type ErrorRetry = 'never' | 'later' | 'new-order' | 'same-request';

export interface ErrorSpec {
  readonly origin: ErrorOrigin;
  readonly retry: ErrorRetry;
  readonly http: number;
  /** What it means, for the engineer at the other end. Never shown to a resident. */
  readonly meaning: string;
}

export const errorCodes = {
  // the request itself
  MALFORMED_REQUEST: {
    origin: 'kiosk',
    retry: 'never',
    http: 400,
    meaning: 'The message does not follow its schema, or its body and its path name two things.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    origin: 'kiosk',
    retry: 'never',
    http: 415,
    meaning: 'Bodies are application/json; charset utf-8.',
  },
  BODY_TOO_LARGE: {
    origin: 'kiosk',
    retry: 'never',
    http: 413,
    meaning: 'The body is larger than the endpoint allows.',
  },
  NO_SUCH_ENDPOINT: { origin: 'kiosk', retry: 'never', http: 404, meaning: 'No endpoint has this method and path.' },
  PEER_NOT_ALLOWED: {
    origin: 'kiosk',
    retry: 'never',
    http: 403,
    meaning: 'The client cert is not one this server knows for this endpoint, or was withdrawn.',
  },
  IDEMPOTENCY_CONFLICT: {
    origin: 'kiosk',
    retry: 'never',
    http: 409,
    meaning: 'The same id came before with another body.',
  },
  DEADLINE_PASSED: {
    origin: 'any',
    retry: 'new-order',
    http: 504,
    meaning: 'The deadline that the asker gave has passed; whatever was begun is dead.',
  },
  TOO_BUSY: {
    origin: 'any',
    retry: 'later',
    http: 503,
    meaning: 'Admission control: the server takes no more work at present.',
  },
  INTERNAL: {
    origin: 'any',
    retry: 'later',
    http: 500,
    meaning: 'Something that cannot happen happened. Details are in the log under the request id.',
  },

  // login
  SESSION_UNKNOWN: {
    origin: 'kiosk',
    retry: 'never',
    http: 404,
    meaning: 'No such session for this kiosk, or it has ended.',
  },
  SESSION_EXPIRED: { origin: 'kiosk', retry: 'never', http: 403, meaning: 'The session or its challenge is too old.' },
  CHALLENGE_USED: {
    origin: 'kiosk',
    retry: 'never',
    http: 409,
    meaning: 'The challenge was answered before; every challenge is burnt by its first answer, right or wrong.',
  },
  PROOF_REFUSED: {
    origin: 'kiosk',
    retry: 'never',
    http: 403,
    meaning:
      'The proof of the card does not hold: other channel, other kiosk, bad signature, or a cert outside the profile.',
  },
  USER_CERT_EXPIRED: {
    origin: 'resident',
    retry: 'never',
    http: 403,
    meaning: 'The user-authentication cert is outside its validity.',
  },
  USER_CERT_REVOKED: { origin: 'resident', retry: 'never', http: 403, meaning: 'The JPKI center says revoked.' },
  USER_CERT_UNKNOWN: {
    origin: 'resident',
    retry: 'never',
    http: 403,
    meaning: 'The JPKI center does not know the cert.',
  },
  REVOCATION_STATUS_UNAVAILABLE: {
    origin: 'jpki',
    retry: 'later',
    http: 503,
    meaning: 'No usable answer from the OCSP responder. The center never goes on without one.',
  },
  NOT_REGISTERED: {
    origin: 'resident',
    retry: 'never',
    http: 403,
    meaning: 'No municipality has a 利用者登録 for this cert, or two claim the same residence.',
  },

  // whose town, when
  SERVICE_CLOSED: {
    origin: 'center',
    retry: 'later',
    http: 403,
    meaning: 'Outside the service hours of the center, the municipality or the kind.',
  },
  MUNICIPALITY_NOT_PARTICIPATING: {
    origin: 'kiosk',
    retry: 'never',
    http: 404,
    meaning: 'The municipality does not take part, or is not one of this resident.',
  },
  MUNICIPALITY_UNAVAILABLE: {
    origin: 'issuer',
    retry: 'later',
    http: 503,
    meaning: 'The issuing server cannot be reached, or the breaker for it is open.',
  },
  MUNICIPALITY_SUSPENDED: {
    origin: 'issuer',
    retry: 'later',
    http: 503,
    meaning: 'Issuing of this kind is suspended after a mismatch until staff release it.',
  },
  BUILD_NOT_APPROVED: {
    origin: 'issuer',
    retry: 'later',
    http: 503,
    meaning: 'The issuing server runs a build other than the one that passed the pre-evaluation.',
  },
  KIND_NOT_OFFERED: {
    origin: 'kiosk',
    retry: 'never',
    http: 404,
    meaning: 'The municipality does not issue this kind or this option.',
  },

  // the order
  USE_COUNTER: {
    origin: 'issuer',
    retry: 'never',
    http: 403,
    meaning: 'This certificate is not issued at a kiosk. The reason is in the issuer’s own record and nowhere else.',
  },
  FEE_CHANGED: {
    origin: 'issuer',
    retry: 'new-order',
    http: 409,
    meaning: 'The fee is not the one that the resident confirmed.',
  },
  ORDER_UNKNOWN: { origin: 'kiosk', retry: 'never', http: 404, meaning: 'No such order for this kiosk.' },
  ORDER_DEAD: {
    origin: 'kiosk',
    retry: 'new-order',
    http: 409,
    meaning: 'The order is over: cancelled, timed out or lost. Nothing can bring it back.',
  },
  ORDER_ALREADY_PAID: {
    origin: 'kiosk',
    retry: 'never',
    http: 409,
    meaning: 'The payment came first; report the outcome instead of cancelling.',
  },
  ORDER_NOT_PAID: { origin: 'kiosk', retry: 'never', http: 409, meaning: 'An outcome needs a payment before it.' },
  PAYMENT_SHORT: {
    origin: 'resident',
    retry: 'same-request',
    http: 402,
    meaning: 'The deposit is smaller than the fee.',
  },
  OUTCOME_UNBALANCED: {
    origin: 'kiosk',
    retry: 'same-request',
    http: 409,
    meaning: 'Refunded and still-owed yen do not add up to the copies that did not come out.',
  },

  // integrity
  REGISTRY_UNAVAILABLE: {
    origin: 'registry',
    retry: 'later',
    http: 503,
    meaning: 'The registry does not answer, or its feed is stale.',
  },
  RECORD_CHANGED: {
    origin: 'registry',
    retry: 'new-order',
    http: 409,
    meaning: 'The record changed between typesetting and inspection. Nothing was issued.',
  },
  INSPECTION_FAILED: {
    origin: 'issuer',
    retry: 'later',
    http: 500,
    meaning: 'The finished document is not the one that was asked for. The kind is suspended.',
  },
  BINDING_MISMATCH: {
    origin: 'issuer',
    retry: 'later',
    http: 502,
    meaning: 'The answer of the issuing server is about something else than the question. The kind is suspended.',
  },
  TREATMENT_REFUSED: {
    origin: 'issuer',
    retry: 'never',
    http: 502,
    meaning: 'The document cannot carry its protection against forgery: more stands on a page than fits on its back.',
  },
  STATEMENT_REFUSED: {
    origin: 'center',
    retry: 'never',
    http: 403,
    meaning: 'The signed statement is not one of this center: key, form or signature.',
  },
} as const satisfies Record<string, ErrorSpec>;

export type ErrorCode = keyof typeof errorCodes;

export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(errorCodes, text);
}

/** A refusal. `detail` is for the log of the server that made it; it holds no personal data and never crosses a wire. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  readonly code: ErrorCode;
  readonly detail: string;

  constructor(code: ErrorCode, detail: string, options?: ErrorOptions) {
    super(`${code}: ${detail}`, options);
    this.code = code;
    this.detail = detail;
  }
}

/** Throws the refusal; reads as a sentence in a use case. */
export function refuse(code: ErrorCode, detail: string, options?: ErrorOptions): never {
  throw new ProtocolError(code, detail, options);
}

/** The one place where an exception becomes a reply. Anything untyped is INTERNAL, and no inner text gets through. */
export function toWireError(error: unknown): {
  readonly code: ErrorCode;
  readonly retry: ErrorRetry;
  readonly http: number;
} {
  const code = error instanceof ProtocolError ? error.code : 'INTERNAL';
  const { retry, http } = errorCodes[code];
  return { code, retry, http };
}
