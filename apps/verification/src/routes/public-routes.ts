/** The site over HTTP: its page, one check at a time as JSON or as a page, and the key of its reports. */

import type { JsonWebKey } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import { type SiteAnswer, type SiteErrorCode, type SiteRefusal, siteEndpoints, siteErrors } from '@machikado/protocol';
import { errorFields, type Log } from '@machikado/server';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { UploadRefused } from '../examination/refuse-upload.ts';
import type { Ports } from '../ports.ts';
import { verifySheet } from '../use-cases/verify-sheet.ts';
import { HeldBytes } from './held-bytes.ts';
import { guardPage, pageHeaders } from './page-headers.ts';
import { readUpload } from './read-upload.ts';

export interface PublicOptions {
  readonly ports: Ports;
  readonly log: Log;
  readonly pageDir: string;
  readonly reportKeys: readonly (JsonWebKey & { readonly kid: string })[];
  readonly tls?: { readonly key: string; readonly cert: string };
  readonly proxies: readonly string[];
  readonly uploadBytes: number;
  readonly bytesAtOnce: number;
  readonly checksPerMinute: number;
}

/** Browsers and phones of the public: TLS 1.3, and of TLS 1.2 what has forward secrecy and authenticates what it enciphers. */
const CIPHERS = [
  ...['TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_128_GCM_SHA256'],
  ...['ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384'],
  ...['ECDHE-ECDSA-CHACHA20-POLY1305', 'ECDHE-RSA-CHACHA20-POLY1305'],
  ...['ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256'],
].join(':');

/** A slow line may take as long as this with its upload. */
const RECEIVE_MS = 180_000;
const MULTIPART_OVERHEAD = 16 * 1024;
/** One address holds so much of all uploads, and always one whole upload: stalled ones of its own shut nobody else out. */
const SHARE = 1 / 4;
/** So many addresses are counted at the same time; the one that was longest away is forgotten first. */
const ADDRESSES_MAX = 20_000;
const ANSWER_PLACE = '<!-- answer -->';
const ASSET_AGE_MS = 365 * 86_400_000;

export function createPublicServer(options: PublicOptions): FastifyInstance {
  const { ports, log, pageDir, reportKeys, tls, proxies, uploadBytes, bytesAtOnce, checksPerMinute } = options;
  const uploadMax = uploadBytes + MULTIPART_OVERHEAD;
  const app = Fastify({
    logger: false,
    bodyLimit: uploadMax,
    requestTimeout: RECEIVE_MS,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    trustProxy: proxies.length > 0 ? [...proxies] : false,
    frameworkErrors: (_error, _request, reply) => void refuse(reply.headers(pageHeaders), 'NO_SUCH_PAGE'),
    ...(tls && { https: { ...tls, minVersion: 'TLSv1.2' as const, ciphers: CIPHERS, honorCipherOrder: true } }),
  }) as unknown as FastifyInstance;
  const held = new HeldBytes(bytesAtOnce, Math.max(uploadMax, bytesAtOnce * SHARE));
  const indexFile = join(pageDir, 'index.html');
  const page = existsSync(indexFile) ? readFileSync(indexFile, 'utf8') : ANSWER_PLACE;

  guardPage(app);
  app.removeAllContentTypeParsers();
  void app.register(multipart);
  void app.register(rateLimit, { global: false, cache: ADDRESSES_MAX });
  app.setErrorHandler((error, _request, reply) => refuse(reply, codeOf(error, log)));
  app.setNotFoundHandler((_request, reply) => refuse(reply, 'NO_SUCH_PAGE'));

  /** Everything of the upload is gone when this ends, whatever way it ends. */
  async function check(request: FastifyRequest, reply: FastifyReply): Promise<SiteAnswer | SiteRefusal> {
    const startedAt = performance.now();
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const outcome = await checkNow(request, gone.signal).catch((error) => ({ refused: codeOf(error, log) }));
    const durationMs = Math.round(performance.now() - startedAt);
    if ('refused' in outcome) {
      log.event('checked', { code: outcome.refused, durationMs });
      reply.code(siteErrors[outcome.refused].http);
      if (outcome.refused === 'BUSY') reply.header('retry-after', '5');
      const { cornersFound } = outcome as { cornersFound?: number };
      return { error: { code: outcome.refused, ...(cornersFound !== undefined && { cornersFound }) } };
    }
    log.event('checked', { state: outcome.comparison?.verdict ?? 'not-compared', durationMs });
    return outcome;
  }

  async function checkNow(request: FastifyRequest, signal: AbortSignal) {
    const bytes = Number(request.headers['content-length'] ?? Number.NaN);
    if (!Number.isSafeInteger(bytes)) return { refused: 'MALFORMED_UPLOAD' as const };
    if (bytes > uploadMax) return { refused: 'TOO_LARGE' as const };
    const owner = neighbourhoodOf(request.ip);
    if (!held.hasRoomFor(bytes, owner)) return { refused: 'BUSY' as const };
    const holding = held.open(owner);
    try {
      return await verifySheet(await readUpload(request, uploadBytes, holding), ports, signal);
    } finally {
      holding.letGo();
    }
  }

  void app.register(async (routes) => {
    const config = {
      rateLimit: {
        max: checksPerMinute,
        timeWindow: 60_000,
        keyGenerator: ({ ip }: FastifyRequest) => neighbourhoodOf(ip),
        errorResponseBuilder: () => new UploadRefused('TOO_MANY_REQUESTS'),
      },
    };
    const { checkSheet, checkSheetOnPage } = siteEndpoints;
    routes.post(checkSheet.path, { config }, (request, reply) => check(request, reply));
    // The same for a form of another page (the workbench): the answer, and every refusal, comes as a page that holds it.
    const asPage = (reply: FastifyReply, answer: SiteAnswer | SiteRefusal) => {
      const json = JSON.stringify(answer).replace(/</g, '\\u003c');
      const data = `<script type="application/json" id="answer">${json}</script>`;
      return reply.type('text/html; charset=utf-8').send(page.replace(ANSWER_PLACE, () => data));
    };
    routes.post(checkSheetOnPage.path, {
      config,
      handler: async (request, reply) => asPage(reply, await check(request, reply)),
      errorHandler(error, _request, reply) {
        const code = codeOf(error, log);
        void asPage(reply.code(siteErrors[code].http), { error: { code } });
      },
    });
  });
  app.get(siteEndpoints.reportKeys.path, async () => ({ keys: reportKeys }));
  app.get('/healthz', async () => ({ service: 'verification', ok: true }));
  if (existsSync(pageDir))
    void app.register(fastifyStatic, {
      root: pageDir,
      dotfiles: 'ignore',
      cacheControl: false,
      // Names of assets change with their content.
      setHeaders: (reply, path) =>
        path === indexFile || reply.header('cache-control', `public, max-age=${ASSET_AGE_MS / 1000}, immutable`),
    });
  return app;
}

function refuse(reply: FastifyReply, code: SiteErrorCode): FastifyReply {
  return reply.code(siteErrors[code].http).send({ error: { code } } satisfies SiteRefusal);
}

function codeOf(error: unknown, log: Log): SiteErrorCode {
  if (error instanceof UploadRefused) return error.code;
  const { statusCode, code } = error as { statusCode?: number; code?: string };
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return 'MALFORMED_UPLOAD';
  if (statusCode === 413) return 'TOO_LARGE';
  if (statusCode !== undefined && statusCode < 500) return 'MALFORMED_UPLOAD';
  log.alarm('bug', errorFields(error));
  return 'INTERNAL';
}

/** An IPv6 line has 2^64 addresses of its own; it counts as one. A listener for both writes IPv4 as `::ffff:203.0.113.1`. */
function neighbourhoodOf(visitor: string): string {
  const address = visitor.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter((part) => part !== '');
  const missing = tail === undefined ? 0 : 8 - groups.length - tail.split(':').filter((part) => part !== '').length;
  const whole = [...groups, ...Array.from({ length: missing }, () => '0'), ...(tail?.split(':') ?? [])];
  return whole.slice(0, 4).join(':');
}
