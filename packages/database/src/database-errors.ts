/** What PostgreSQL and the way to it can answer other than rows. */

/** The database cannot be reached now. The pool recovers by itself as soon as it is back. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
  /** `unknown`: the connection broke during COMMIT, so the work may stand. Ask the database before doing it again. */
  readonly outcome: 'not-committed' | 'unknown';

  constructor(outcome: 'not-committed' | 'unknown', options?: ErrorOptions) {
    super(`the database is not reachable (${outcome})`, options);
    this.outcome = outcome;
  }
}

const SOCKET_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);
/** Shutdown, crash, starting up, too many connections, idle too long, read-only standby after a failover. */
const SERVER_CODES = new Set(['57P01', '57P02', '57P03', '53300', '25P03', '25006']);
/** node-postgres has no codes for these. */
const DRIVER_TEXT =
  /^Connection terminated|^timeout exceeded when trying to connect|^Query read timeout|Client has encountered a connection error/;

export function isConnectionLoss(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isConnectionLoss);
  const code = sqlState(error);
  if (code !== undefined) return SOCKET_CODES.has(code) || SERVER_CODES.has(code) || code.startsWith('08');
  return error instanceof Error && DRIVER_TEXT.test(error.message);
}

/** serialization_failure and deadlock_detected: the same work again may pass. */
export function isRetryable(error: unknown): boolean {
  const code = sqlState(error);
  return code === '40001' || code === '40P01';
}

function sqlState(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as { code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : undefined;
}
