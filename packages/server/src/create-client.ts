/**
 * The asking side: mutual TLS with connections kept open, every reply checked against its schema, every failure one of two
 * kinds: a refusal of the other side (ProtocolError) or no usable reply (TransportError).
 */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import { type Endpoint, ErrorReply, isErrorCode, ProtocolError } from '@machikado/protocol';
import { buildConnector, type Dispatcher, Pool } from 'undici';
import type { BodyOf, ReplyOf } from './call.ts';
import { type Clocks, systemClocks } from './clocks.ts';
import { pinOf } from './connections.ts';
import { DEADLINE_HEADER, Deadline, type TimeLeft } from './deadline.ts';
import { jsonBytes } from './long-texts.ts';
import { pinnedConnection } from './pinned-connection.ts';
import { checkFor } from './schema-check.ts';
import { sendRequest } from './send-request.ts';
import { parseStrictJson } from './strict-json.ts';
import { readTlsFiles, type TlsFiles, watchTlsFiles } from './tls-files.ts';
import { noteBeforeConnected, TransportError, toTransportError } from './transport-error.ts';
import { isJsonType, paramNames } from './wire.ts';

export interface ClientOptions {
  readonly baseUrl: string;
  readonly tls?: TlsFiles | undefined;
  /** Name that must stand in the server's cert; default: the host of baseUrl. */
  readonly serverName?: string | undefined;
  /**
   * SHA-256 of the server’s public key (SPKI), hex; several while keys rotate. Absent: CA and name decide alone. A function is
   * asked at every new connection.
   */
  readonly serverPins?: readonly string[] | (() => readonly string[]) | undefined;
  /** Connections; default 8. */
  readonly pool?: number | undefined;
  readonly clocks?: Clocks | undefined;
  /** Default 64 MB: an order brings all its sealed copies at once. */
  readonly replyBytesMax?: number | undefined;
}

export interface CallOptions<E extends Endpoint> {
  readonly params?: Readonly<Record<string, string>> | undefined;
  readonly body?: BodyOf<E>;
  /** What is left of the request that this one serves. */
  readonly deadline?: TimeLeft | undefined;
  readonly deadlineMs?: number | undefined;
}

export interface Caller {
  call<E extends Endpoint>(endpoint: E, options?: CallOptions<E>): Promise<ReplyOf<E>>;
  close(): Promise<void>;
}

export interface PinnedClient extends Caller {
  /** Of the one connection of this client; makes it if need be. */
  exporter(): Promise<Uint8Array>;
}

export interface Client extends Caller {
  /** One connection, never a second one: when it is gone, calls fail. */
  pinned(): PinnedClient;
  /** Reads the TLS files again; calls under way finish on the old connections. */
  reload(): Promise<'reloaded' | 'kept'>;
}

const CONNECT_MS = 5_000;
const KEEP_ALIVE_MS = 120_000;
const REPLY_BYTES_MAX = 64 * 1024 * 1024;

export function createClient(options: ClientOptions): Client {
  const { baseUrl, tls, serverName, serverPins, pool: connections = 8, replyBytesMax = REPLY_BYTES_MAX } = options;
  const clocks = options.clocks ?? systemClocks();
  const { origin } = new URL(baseUrl);
  // An address with http: would take keys and pins, use neither, and send everything in the clear.
  assert.ok(!tls || origin.startsWith('https:'), 'a client with TLS files calls https: only');
  let connect = connectOptions();
  let pool = openPool();
  const stopWatching = tls ? watchTlsFiles(tls, clocks.timers, () => void reload()) : () => undefined;

  function connectOptions(): buildConnector.BuildOptions {
    if (!tls) return { timeout: CONNECT_MS };
    return {
      ...readTlsFiles(tls).options,
      timeout: CONNECT_MS,
      // On a connection that resumes nobody asks for the server’s name and pin again.
      maxCachedSessions: 0,
      rejectUnauthorized: true,
      ...(serverName !== undefined && { servername: serverName }),
      ...(serverPins && { checkServerIdentity: pinnedIdentity(serverPins) }),
    };
  }

  function openPool(): Pool {
    return new Pool(origin, { ...limits(replyBytesMax), connections, connect: noting(connect) });
  }

  async function reload(): Promise<'reloaded' | 'kept'> {
    const before = pool;
    try {
      connect = connectOptions();
    } catch {
      return 'kept';
    }
    pool = openPool();
    await before.close();
    return 'reloaded';
  }

  return {
    call: (endpoint, callOptions) => callOver(pool, clocks, endpoint, callOptions),
    pinned() {
      const pinned = pinnedConnection(origin, connect, limits(replyBytesMax));
      return {
        call: (endpoint, callOptions) => callOver(pinned.dispatcher, clocks, endpoint, callOptions),
        exporter: () => pinned.exporter(),
        close: () => pinned.close(),
      };
    },
    reload,
    async close() {
      stopWatching();
      await pool.close();
    },
  };
}

/** Whether an error came before or after there was a connection, its code does not tell. */
function noting(options: buildConnector.BuildOptions): buildConnector.connector {
  const connect = buildConnector({ ...options, allowH2: false });
  return (to, done) =>
    connect(to, (...came) => {
      if (came[0]) noteBeforeConnected(came[0]);
      done(...came);
    });
}

function limits(maxResponseSize: number) {
  // The deadline of each call is the only time limit on replies.
  return {
    pipelining: 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize,
    allowH2: false,
  };
}

async function callOver<E extends Endpoint>(
  dispatcher: Dispatcher,
  clocks: Clocks,
  endpoint: E,
  options: CallOptions<E> = {},
): Promise<ReplyOf<E>> {
  const { params = {}, body, deadline, deadlineMs = endpoint.deadlineMs } = options;
  deadline?.refuseIfPassed();
  const path = pathOf(endpoint, params);
  const payload = payloadOf(endpoint, body);
  const own = Deadline.after(Math.min(deadlineMs, deadline?.leftMs() ?? deadlineMs), clocks);
  try {
    // A call that still waits for a connection hears no signal: the pool looks at it only when its turn comes.
    const reply = await own.limit(
      sendRequest(
        dispatcher,
        {
          method: endpoint.method,
          path,
          headers: {
            accept: 'application/json',
            [DEADLINE_HEADER]: String(Math.max(1, Math.floor(own.leftMs()))),
            ...(payload !== undefined && { 'content-type': 'application/json; charset=utf-8' }),
          },
          body: payload ?? null,
        },
        deadline ? [own.signal, deadline.signal] : [own.signal],
      ),
    );
    const bytes = await reply.bytes.catch((error: unknown) => {
      throw new TransportError(toTransportError(error).kind, true, { cause: error });
    });
    return readReply(endpoint, reply.status, reply.contentType, bytes);
  } catch (error) {
    throw isRefusal(error, own, deadline) ? error : toTransportError(error);
  } finally {
    own.dispose();
  }
}

/** A refusal that the other side sent; our own deadline's reason comes out of an aborted call in the same clothes. */
function isRefusal(error: unknown, ...ours: (TimeLeft | undefined)[]): boolean {
  return error instanceof ProtocolError && !ours.some((deadline) => deadline?.signal.reason === error);
}

function pathOf(endpoint: Endpoint, params: Readonly<Record<string, string>>): string {
  return paramNames(endpoint.path).reduce((path, name) => {
    const value = params[name];
    assert.ok(value, `${endpoint.id} needs the parameter ${name}`);
    return path.replace(`:${name}`, encodeURIComponent(value));
  }, endpoint.path);
}

function payloadOf(endpoint: Endpoint, body: unknown): Buffer | undefined {
  if (!endpoint.body) return undefined;
  const { fits, faultOf } = checkFor(endpoint.body);
  if (!fits(body)) assert.fail(`${endpoint.id}: the body does not follow its schema at ${faultOf(body)}`);
  return jsonBytes(body);
}

/** The reply, or the refusal that the other side sent; what is neither cannot be believed. */
function readReply<E extends Endpoint>(endpoint: E, status: number, type: string, bytes: Uint8Array): ReplyOf<E> {
  const reply = parseReply(type, bytes);
  if (status === 200 && checkFor(endpoint.reply).fits(reply)) return reply as ReplyOf<E>;
  if (status >= 400 && checkFor(ErrorReply).fits(reply)) {
    const { code, requestId } = (reply as ErrorReply).error;
    if (isErrorCode(code)) throw new ProtocolError(code, `${endpoint.id} answered ${requestId}`);
  }
  throw new TransportError('bad-reply', true);
}

function parseReply(type: string, bytes: Uint8Array): unknown {
  try {
    return isJsonType(type) ? parseStrictJson(bytes) : undefined;
  } catch {
    return undefined;
  }
}

/** The name must be right, and the key must be one of those that were agreed on. */
function pinnedIdentity(serverPins: readonly string[] | (() => readonly string[])) {
  const pins = typeof serverPins === 'function' ? serverPins : () => serverPins;
  return (name: string, cert: PeerCertificate): Error | undefined =>
    checkServerIdentity(name, cert) ??
    (pins().includes(pinOf(new X509Certificate(cert.raw)))
      ? undefined
      : Object.assign(new Error('the server has another key'), { code: 'ERR_TLS_OTHER_KEY' }));
}
