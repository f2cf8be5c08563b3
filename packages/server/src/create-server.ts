/**
 * The shell of every service: mutual TLS, identity by pinned key, routes from the endpoint rows, limits, deadlines, one log
 * line a request, and one shape of refusal. Use cases see none of it but their `Call`.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import type { TLSSocket, Server as TlsServer } from 'node:tls';
import { type Endpoint, ProtocolError, refuse } from '@machikado/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Admission } from './admission.ts';
import type { Call, Handler, Identify, Peer } from './call.ts';
import { type Clocks, systemClocks } from './clocks.ts';
import { type Connection, Connections, certFaultOf, exporterOf, isStillTrusted } from './connections.ts';
import { Deadline } from './deadline.ts';
import { createHttpApp, REPLY_HEADERS } from './http-app.ts';
import { errorFields, type Log, type LogFields } from './log.ts';
import { jsonBytes } from './long-texts.ts';
import { checkedBody, checkedHead, checkedParams, refuseStrangePage } from './request-checks.ts';
import { checkFor } from './schema-check.ts';
import { sharedHealth } from './shared-health.ts';
import { readTlsFiles, type TlsFiles, type TlsMaterial, watchTlsFiles } from './tls-files.ts';
import { errorReplyOf, JSON_TYPE, paramNames, pathParams, toRefusal } from './wire.ts';

export interface ServerOptions {
  readonly service: string;
  readonly log: Log;
  /** Absent: plain HTTP, on loopback only, and every caller is `loopbackPeer`. */
  readonly tls?: TlsFiles | undefined;
  readonly loopbackPeer?: Peer | undefined;
  readonly identify?: Identify | undefined;
  /** Requests worked on at once; default 64. */
  readonly inFlightMax?: number | undefined;
  /** Of them those of one peer; default all. */
  readonly inFlightMaxPerPeer?: number | undefined;
  /** Answers GET /healthz; asked once at a time, and at most once a second. */
  readonly healthy?: (() => Promise<boolean>) | undefined;
  readonly clocks?: Clocks | undefined;
  readonly random?: ((bytes: number) => Uint8Array) | undefined;
  /** A request must have come in whole by then; default 10 s. */
  readonly receiveMs?: number | undefined;
}

export interface MachikadoServer {
  on<E extends Endpoint>(endpoint: E, handler: Handler<E>): MachikadoServer;
  listen(where: { readonly host: string; readonly port: number }): Promise<{ readonly port: number }>;
  /** Reads the TLS files again and closes what does not hold any more; files that do not fit leave the last good ones in force. */
  reload(): Promise<'reloaded' | 'kept'>;
  /** Finishes what is under way, takes nothing new. */
  close(): Promise<void>;
}

/** One request, from its first header to its log line. */
interface Exchange {
  readonly requestId: string;
  readonly startedAtMs: number;
  readonly log: Record<string, string | undefined>;
  endpoint?: Endpoint;
  peer?: Peer;
  deadlineMs?: number;
  leave?: () => void;
}

export function createServer(options: ServerOptions): MachikadoServer {
  const { service, log, tls, loopbackPeer, identify, inFlightMax = 64, healthy, receiveMs = 10_000 } = options;
  const clocks = options.clocks ?? systemClocks();
  const random = options.random ?? randomBytes;
  let material: TlsMaterial | undefined = tls && readTlsFiles(tls);
  const app = createHttpApp({
    tls: material,
    receiveMs,
    onUnroutable: (request, reply) => void noSuchEndpoint(request, reply.headers(REPLY_HEADERS)),
  });
  const connections = new Connections();
  const admission = new Admission(inFlightMax, options.inFlightMaxPerPeer);
  const isHealthy = sharedHealth(healthy ?? (async () => true), clocks.monotonic);
  const exchanges = new WeakMap<FastifyRequest, Exchange>();
  let stopWatching: () => void = () => undefined;

  function exchangeOf(request: FastifyRequest): Exchange {
    const known = exchanges.get(request);
    if (known) return known;
    const requestId = Buffer.from(random(8)).toString('hex');
    const fresh: Exchange = { requestId, startedAtMs: clocks.monotonic.nowMs(), log: {} };
    exchanges.set(request, fresh);
    return fresh;
  }

  async function peerOn(socket: Socket): Promise<Peer | undefined> {
    if (!tls) return loopbackPeer;
    const connection = connections.of(socket);
    return connection && peerBehind(connection);
  }

  async function peerBehind({ cert, pin }: Connection): Promise<Peer | undefined> {
    return new Date(cert.validTo) < clocks.machine.now() ? undefined : identify?.(pin, cert.raw);
  }

  function isTrusted(connection: Connection): boolean {
    return material !== undefined && isStillTrusted(connection.cert, material, clocks.machine.now());
  }

  /** Everything that can be decided before the body is read. */
  async function admit(endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const exchange = exchangeOf(request);
    exchange.endpoint = endpoint;
    const peer = await peerOn(request.raw.socket);
    if (peer) Object.assign(exchange.log, { peerId: peer.id, peerKind: peer.kind });
    if (peer?.kind !== endpoint.peer) {
      exchange.log.host = request.raw.socket.remoteAddress;
      // Nothing more is read from somebody who may not ask.
      reply.header('connection', 'close');
      refuse('PEER_NOT_ALLOWED', peer ? `a ${peer.kind} may not call this` : 'no known peer has this key');
    }
    exchange.peer = peer;
    exchange.deadlineMs = checkedHead(endpoint, request.raw);
    const leave = admission.enter(peer.id);
    exchange.leave = leave;
    reply.raw.once('close', () => exchange.leave?.());
  }

  async function answer(endpoint: Endpoint, handler: (call: Call) => Promise<unknown>, request: FastifyRequest) {
    const exchange = exchangeOf(request);
    const { peer, deadlineMs, leave } = exchange;
    assert.ok(peer && deadlineMs !== undefined && leave, 'not admitted');
    const body = checkedBody(endpoint, request.body);
    const params = checkedParams(endpoint, request.params as Record<string, string>);
    // Well-formed ones are random ids, which may stand in the log.
    Object.assign(exchange.log, params);
    const { socket } = request.raw;
    const deadline = Deadline.after(deadlineMs, clocks);
    // From here on the place belongs to the work, which can outlast its connection and its deadline.
    delete exchange.leave;
    const call: Call = {
      ...{ body, params, peer, requestId: exchange.requestId, deadline },
      exporter: () => exporterOf(socket),
      socketId: connections.of(socket)?.id ?? 'plain',
    };
    let late = false;
    const work = (async () => handler(call))().finally(leave);
    work.catch((error: unknown) => {
      if (late) log.event('late-failure', { requestId: exchange.requestId, ...errorFields(error) });
    });
    try {
      const reply = await deadline.limit(work);
      const { fits, faultOf } = checkFor(endpoint.reply);
      if (!fits(reply)) assert.fail(`the reply does not follow its schema at ${faultOf(reply)}`);
      return jsonBytes(reply);
    } finally {
      late = true;
      deadline.dispose();
    }
  }

  function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const exchange = exchangeOf(request);
    const refusal = toRefusal(error);
    const { http, reply: body } = errorReplyOf(refusal, exchange.requestId);
    exchange.log.code = body.error.code;
    if (body.error.code === 'INTERNAL') {
      // A database that is away is somebody's work, but no programmer's.
      const event = (refusal as { name?: unknown }).name === 'DatabaseUnavailable' ? 'database-unavailable' : 'bug';
      log.alarm(event, { requestId: exchange.requestId, ...errorFields(refusal) });
    } else if (refusal instanceof ProtocolError) {
      const { detail, cause } = errorFields(refusal);
      Object.assign(exchange.log, { detail, cause });
    }
    return reply
      .code(http)
      .header('content-type', JSON_TYPE)
      .send(Buffer.from(JSON.stringify(body)));
  }

  function noSuchEndpoint(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    return sendError(new ProtocolError('NO_SUCH_ENDPOINT', 'no such method and path'), request, reply);
  }

  app.addHook('onRequest', async (request, reply) => {
    exchangeOf(request);
    reply.headers(REPLY_HEADERS);
    if (!tls) refuseStrangePage(request.raw);
  });
  // Without this, a client that keeps its connection would hold close() open.
  app.addHook('onSend', async (_request, reply) => {
    if (admission.isClosing) reply.header('connection', 'close');
  });
  app.addHook('onResponse', async (request, reply) => {
    const { requestId, startedAtMs, endpoint, log: fields } = exchangeOf(request);
    if (request.url === HEALTH) return;
    const durationMs = Math.round(clocks.monotonic.nowMs() - startedAtMs);
    const line: LogFields = { ...fields, requestId, endpoint: endpoint?.id, status: reply.statusCode, durationMs };
    log.event('request', line);
  });
  app.setErrorHandler((error, request, reply) => sendError(error, request, reply));
  app.setNotFoundHandler(noSuchEndpoint);
  app.get(HEALTH, async (_request, reply) => {
    const ok = admission.isClosing ? false : await isHealthy();
    return reply.code(ok ? 200 : 503).send({ service, ok });
  });
  app.server.on('tlsClientError', (error: NodeJS.ErrnoException, socket: TLSSocket) => {
    log.event('handshake-refused', { reason: certFaultOf(socket) ?? error.code ?? 'unknown' });
  });

  // Known from the handshake on, whether or not it ever asks; one that began before a reload is measured by the new files.
  app.server.on('secureConnection', (socket: Socket) => {
    const connection = connections.of(socket);
    if (!connection || !isTrusted(connection)) socket.destroy();
  });

  async function reload(): Promise<'reloaded' | 'kept'> {
    if (!tls) return 'kept';
    try {
      material = readTlsFiles(tls);
    } catch (error) {
      log.alarm('tls-files-refused', errorFields(error));
      return 'kept';
    }
    (app.server as unknown as TlsServer).setSecureContext({ ...material.options });
    const count = await connections.closeUnless(
      async (connection) => isTrusted(connection) && (await peerBehind(connection)) !== undefined,
    );
    log.event('tls-reloaded', { count });
    return 'reloaded';
  }

  const server: MachikadoServer = {
    on(endpoint, handler) {
      for (const name of paramNames(endpoint.path)) assert.ok(pathParams[name], `no schema for the parameter ${name}`);
      app.route({
        method: endpoint.method,
        url: endpoint.path,
        bodyLimit: Math.max(endpoint.bodyBytesMax, 1),
        onRequest: (request, reply) => admit(endpoint, request, reply),
        handler: async (request, reply) => {
          const bytes = await answer(endpoint, handler as (call: Call) => Promise<unknown>, request);
          return reply.header('content-type', JSON_TYPE).send(bytes);
        },
      });
      return server;
    },

    async listen({ host, port }) {
      const address = host === 'localhost' ? '127.0.0.1' : host;
      assert.ok(tls || LOOPBACK.includes(address), 'without TLS a server listens on loopback only');
      await app.listen({ host: address, port });
      if (tls) stopWatching = watchTlsFiles(tls, clocks.timers, () => void reload());
      const bound = app.server.address();
      assert.ok(typeof bound === 'object' && bound);
      return { port: bound.port };
    },

    reload,

    async close() {
      stopWatching();
      admission.close();
      await app.close();
    },
  };
  return server;
}

const HEALTH = '/healthz';
const LOOPBACK = ['127.0.0.1', '::1'];
