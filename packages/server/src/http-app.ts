/**
 * Fastify, set up so that nothing of its own gets through: no coercion, no serializer, no error text, no log lines. What is
 * left is routing, limits on what comes in, and an orderly end.
 */
import type { Socket } from 'node:net';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { parseStrictJson } from './strict-json.ts';
import type { TlsMaterial } from './tls-files.ts';
import { JSON_TYPE } from './wire.ts';

/** Longer than a login challenge lives: begin and prove come on one connection, with a PIN between them. */
const KEEP_ALIVE_MS = 130_000;
const HANDSHAKE_MS = 10_000;
const HEADER_BYTES_MAX = 8 * 1024;

export interface HttpAppOptions {
  readonly tls: TlsMaterial | undefined;
  /** A request must have come in whole by then. */
  readonly receiveMs: number;
  /** For requests that end before any route or hook: a path that is no path. */
  readonly onUnroutable: (request: FastifyRequest, reply: FastifyReply) => void;
}

export function createHttpApp({ tls, receiveMs, onUnroutable }: HttpAppOptions): FastifyInstance {
  const limits = {
    headersTimeout: receiveMs,
    connectionsCheckingInterval: Math.min(1_000, receiveMs / 4),
    maxHeaderSize: HEADER_BYTES_MAX,
  };
  const shared = {
    logger: false,
    requestTimeout: receiveMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    return503OnClosing: false,
    exposeHeadRoutes: false,
    frameworkErrors: (_error: unknown, request: FastifyRequest, reply: FastifyReply) => onUnroutable(request, reply),
    clientErrorHandler(_error: Error, socket: Socket) {
      if (socket.writable && !socket.destroyed) socket.end(RAW_REFUSAL);
      socket.destroySoon();
    },
  };
  const app = (
    tls
      ? Fastify({
          ...shared,
          https: {
            ...limits,
            ...tls.options,
            requestCert: true,
            rejectUnauthorized: true,
            handshakeTimeout: HANDSHAKE_MS,
            ALPNProtocols: ['http/1.1'],
          },
        })
      : Fastify({ ...shared, http: limits })
  ) as FastifyInstance;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) => {
    try {
      return parseStrictJson(body);
    } catch {
      // The text of a parser error quotes the input.
      throw Object.assign(new Error('not strict JSON'), { code: 'FST_NOT_STRICT_JSON', statusCode: 400 });
    }
  });
  return app;
}

/** With every answer, whoever gives it. */
export const REPLY_HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/** For what is not even HTTP; there is no request to speak of, hence no id. */
const BODY = JSON.stringify({ error: { code: 'MALFORMED_REQUEST', retry: 'never', requestId: '' } });
const RAW_REFUSAL = [
  'HTTP/1.1 400 Bad Request',
  `content-type: ${JSON_TYPE}`,
  `content-length: ${BODY.length}`,
  ...Object.entries(REPLY_HEADERS).map(([name, value]) => `${name}: ${value}`),
  'connection: close',
  '',
  BODY,
].join('\r\n');
