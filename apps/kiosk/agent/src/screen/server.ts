/**
 * The door between agent and glass, on this machine only: the page, the stream of scenes, the acts. Whoever speaks here must know
 * the token of this boot, must have meant this very address, and must not come from a page of somebody else.
 */
import { timingSafeEqual } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import fastifyStatic from '@fastify/static';
import type { Municipality } from '@machikado/domain';
import { Act } from '@machikado/protocol';
import { parseStrictJson } from '@machikado/server';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { Compile } from 'typebox/compile';
import type { Clock } from '../ports.ts';
import type { Glass } from './glass.ts';
import { streamScenes } from './scene-stream.ts';

export interface ScreenServerOptions {
  readonly glass: Glass;
  readonly clock: Clock;
  /** 0: any that is free. */
  readonly port: number;
  /** Folder of the built page. */
  readonly dir: string;
  /** Origin of a page that may frame this one. */
  readonly framedBy?: string;
  /** Fresh with every boot. */
  readonly token: string;
  readonly municipalities: () => Promise<readonly Municipality[]>;
}

export interface ScreenServer {
  readonly port: number;
  /** With the token behind `#`: a browser keeps that part to itself. */
  readonly url: string;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const ACT_BYTES_MAX = 8 * 1024;
const isAct = Compile(Act);

export async function openScreenServer(options: ScreenServerOptions): Promise<ScreenServer> {
  const { glass, clock, dir, token, municipalities } = options;
  const headers = headersFor(options);
  const app = Fastify({
    ...{ logger: false, bodyLimit: ACT_BYTES_MAX, forceCloseConnections: true, exposeHeadRoutes: false },
    // Before any hook runs.
    frameworkErrors: (_error: unknown, _request: FastifyRequest, reply: FastifyReply) =>
      void reply.code(400).headers(headers).send(),
  }) as unknown as FastifyInstance;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) => {
    try {
      return parseStrictJson(body);
    } catch {
      return undefined;
    } finally {
      // One of these bytes may be a digit of a PIN.
      body.fill(0);
    }
  });
  guard(app, headers);
  app.setErrorHandler(async (error, _request, reply) => reply.code(statusOf(error)).send());
  app.setNotFoundHandler(async (_request, reply) => reply.code(404).send());

  const behindToken = {
    onRequest: async (request: FastifyRequest, reply: FastifyReply) => askToken(token, request, reply),
  };
  app.get('/scenes', behindToken, async (_request, reply) => streamScenes(glass, clock, reply));
  app.post('/acts', behindToken, async (request, reply) => {
    const act = request.body;
    if (!isAct.Check(act)) return reply.code(400).send();
    return reply.code(glass.take(act) ? 204 : 409).send();
  });
  app.get('/municipalities.json', async () => municipalities());
  await app.register(fastifyStatic, {
    root: dir,
    dotfiles: 'ignore',
    cacheControl: false,
    etag: false,
    lastModified: false,
  });

  await app.listen({ host: HOST, port: options.port });
  const { port } = app.server.address() as AddressInfo;
  return { port, url: `http://${HOST}:${port}/#${token}`, close: () => app.close() };
}

function headersFor({ framedBy }: ScreenServerOptions): Readonly<Record<string, string>> {
  return {
    'content-security-policy': [
      "default-src 'none'",
      ...["script-src 'self'", "style-src 'self'", "font-src 'self'", "img-src 'self' data:", "connect-src 'self'"],
      `frame-ancestors ${framedBy ?? "'none'"}`,
      ...["base-uri 'none'", "form-action 'none'"],
    ].join('; '),
    'cache-control': 'no-store',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    ...(framedBy === undefined && { 'x-frame-options': 'DENY' }),
  };
}

function guard(app: FastifyInstance, headers: Readonly<Record<string, string>>): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers);
    if (!isMeantForUs(request)) return reply.code(403).send();
    return undefined;
  });
}

/** Another name for this address (DNS rebinding), or a page of somebody else. */
function isMeantForUs({ headers, socket }: FastifyRequest): boolean {
  const { host, origin } = headers;
  const isOwnName = host === `${HOST}:${socket.localPort}` || host === `localhost:${socket.localPort}`;
  return isOwnName && (origin === undefined || origin === `http://${host}`);
}

async function askToken(token: string, { headers }: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const [given, known] = [headers.authorization ?? '', `Bearer ${token}`].map((text) => Buffer.from(text));
  const isKnown = given && known && given.length === known.length && timingSafeEqual(given, known);
  return isKnown ? undefined : reply.code(401).send();
}

/** No text of an error leaves. */
function statusOf(error: unknown): number {
  const status = (error as { readonly statusCode?: unknown }).statusCode;
  return typeof status === 'number' && status >= 400 ? status : 500;
}
