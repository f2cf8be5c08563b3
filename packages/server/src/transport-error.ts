/** No usable reply. It is not a refusal: the other side said nothing, or nothing that can be believed. */
export type TransportKind = 'unreachable' | 'broken' | 'timeout' | 'bad-reply';

export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly kind: TransportKind;
  /** Whether the request can have reached the other side: false = surely not, so it may be sent elsewhere. */
  readonly sent: boolean | 'unknown';

  constructor(kind: TransportKind, sent: boolean | 'unknown', options?: ErrorOptions) {
    super(`no usable reply: ${kind}`, options);
    this.kind = kind;
    this.sent = sent;
  }
}

/** Errors of making a connection: no byte of the request has left yet. */
const BEFORE_SENDING =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_PINNED_GONE|ERR_TLS_.*|ERR_SSL_.*|CERT_.*|CRL_.*|.*_CERT(_.*)?|UNABLE_TO_.*|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED)$/;

/** What broke before there was a connection, whatever it is called: also one that was taken and hung up, as by a balancer before a dead server. */
const beforeConnected = new WeakSet<Error>();

export function noteBeforeConnected(error: Error): void {
  beforeConnected.add(error);
}

export function toTransportError(error: unknown): TransportError {
  if (error instanceof TransportError) return error;
  const code = String((error as { code?: unknown } | undefined)?.code ?? '');
  const name = (error as { name?: unknown } | undefined)?.name;
  if (code === 'DEADLINE_PASSED' || name === 'AbortError' || name === 'TimeoutError' || /TIMEOUT$/.test(code)) {
    const sent = code === 'UND_ERR_CONNECT_TIMEOUT' ? false : 'unknown';
    return new TransportError('timeout', sent, { cause: error });
  }
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE' || code.startsWith('HPE_')) {
    return new TransportError('bad-reply', true, { cause: error });
  }
  if (BEFORE_SENDING.test(code) || (error instanceof Error && beforeConnected.has(error)))
    return new TransportError('unreachable', false, { cause: error });
  return new TransportError('broken', 'unknown', { cause: error });
}
