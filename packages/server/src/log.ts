/**
 * Log lines are facts about requests and machines: ids, codes, counts, times. Only keys on the list can be written, and only
 * values that cannot hold a name or an address, so that a careless line never becomes a leak.
 */
import { isErrorCode, ProtocolError } from '@machikado/protocol';
import pino from 'pino';

export type LogValue = string | number | boolean | undefined;
export type LogFields = Readonly<Record<string, LogValue>>;

export interface Log {
  event(name: string, fields?: LogFields): void;
  warning(name: string, fields?: LogFields): void;
  /** Somebody has to look at it. */
  alarm(name: string, fields?: LogFields): void;
}

export interface LogOptions {
  /** The same word as the folder of the service. */
  readonly service: string;
  readonly level?: 'info' | 'warn' | 'error' | 'silent';
  /** Default: standard output. */
  readonly write?: (line: string) => void;
  /** Further keys that may stand in this service's log. */
  readonly allow?: readonly string[];
  /** true: what may not stand there throws (the default under test). false: it is left out and counted. */
  readonly strict?: boolean;
}

const ALLOWED = [
  ...['requestId', 'endpoint', 'status', 'code', 'durationMs', 'peerId', 'peerKind', 'host', 'port', 'pid'],
  ...['sessionId', 'orderId', 'replaces', 'copy', 'issueNumber', 'lgCode', 'kind', 'kioskId', 'operatorId', 'centerId'],
  ...['count', 'attempts', 'outboxId', 'topic', 'file', 'signal', 'feeYen', 'state', 'reason', 'build', 'test'],
  ...['detail', 'errorName', 'errorAt', 'errorCode', 'cause', 'leftOut'],
];
/** Printable ASCII without blanks: ids, codes, instants, host names. Nobody's name. */
const PLAIN = /^[\x21-\x7e]{0,200}$/;

export function createLog(options: LogOptions): Log {
  const { service, level = 'info', write, allow = [], strict = process.env.NODE_ENV === 'test' } = options;
  const allowed = new Set([...ALLOWED, ...allow]);
  const logger = pino(
    {
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    write ? { write } : pino.destination({ fd: 1, sync: true }),
  );
  const line =
    (method: 'info' | 'warn' | 'error') =>
    (name: string, fields: LogFields = {}) =>
      logger[method]({ event: name, ...admit(fields, allowed, strict) });
  return { event: line('info'), warning: line('warn'), alarm: line('error') };
}

function admit(fields: LogFields, allowed: ReadonlySet<string>, strict: boolean): LogFields {
  const kept: Record<string, LogValue> = {};
  let leftOut = 0;
  for (const [key, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    const fit = key === 'detail' ? plainText(value) : value;
    if (allowed.has(key) && (typeof fit !== 'string' || key === 'detail' || PLAIN.test(fit))) kept[key] = fit;
    else if (strict) throw new TypeError(`the log takes no such value under ${key}`);
    else leftOut += 1;
  }
  return leftOut > 0 ? { ...kept, leftOut } : kept;
}

/** A sentence of ours; whatever is not ASCII in it came from somewhere else. */
function plainText(value: LogValue): LogValue {
  return typeof value === 'string' ? value.replace(/[^\x20-\x7e]+/g, '[伏字]').slice(0, 300) : value;
}

/** What a log may say about a failure: its name and place, but no message, since a message can quote data. */
export function errorFields(error: unknown): LogFields {
  if (error instanceof ProtocolError) return { code: error.code, detail: error.detail, ...causeOf(error) };
  if (!(error instanceof Error)) return { errorName: typeof error };
  return { errorName: nameOf(error), errorCode: codeOf(error), errorAt: placeOf(error), ...causeOf(error) };
}

const nameOf = (error: Error) => error.name.replace(/[^\w.]/g, '');

function codeOf(error: Error): string | undefined {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && (/^[A-Z0-9_]{2,60}$/.test(code) || isErrorCode(code)) ? code : undefined;
}

const CAUSES_MAX = 4;

/** Down to what began it, the nearest first: where a line fails, only there stands whether name, key or network was wrong. */
function causeOf(error: Error): LogFields {
  const causes: string[] = [];
  for (let inner = error.cause; inner instanceof Error && causes.length < CAUSES_MAX; inner = inner.cause) {
    const code = codeOf(inner);
    causes.push(inner instanceof ProtocolError ? inner.code : nameOf(inner) + (code === undefined ? '' : `/${code}`));
  }
  return causes.length > 0 ? { cause: causes.join('<') } : {};
}

/** First line of the stack in our own code: file and line. */
function placeOf(error: Error): string | undefined {
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  const own = frames.find((line) => !line.includes('node_modules') && !line.includes('node:')) ?? frames[0];
  return own?.match(/([\w.-]+\/[\w.-]+:\d+):\d+\)?$/)?.[1];
}
