/** What the page may do: itself only, the kiosk’s screen in its frame, and pictures to the 問い合わせサイト. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

export interface PageLeave {
  readonly screenOrigin: string;
  /** Where its forms may go. */
  readonly formOrigin: string | null;
}

export function guardPage(app: FastifyInstance, { screenOrigin, formOrigin }: PageLeave): void {
  const headers = {
    'content-security-policy': [
      "default-src 'none'",
      ...["script-src 'self'", "style-src 'self'", "font-src 'self'", "img-src 'self' data:", "connect-src 'self'"],
      `frame-src ${screenOrigin}`,
      ...["frame-ancestors 'none'", "base-uri 'none'", `form-action ${formOrigin ?? "'none'"}`],
    ].join('; '),
    'cache-control': 'no-store',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  };
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers);
    return refuseStrangers(request, reply);
  });
}

/** A page of somebody else could reach loopback through the visitor’s browser: by another name, or from another origin. */
async function refuseStrangers(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const { host, origin } = request.headers;
  const { localPort } = request.socket;
  const own = `127.0.0.1:${localPort}`;
  // The kiosk’s screen lets itself be framed by the numeric address alone.
  if (host === `localhost:${localPort}` && request.method === 'GET' && request.url === '/')
    return reply.redirect(`http://${own}/`);
  if (host !== own) return reply.code(421).send();
  if (origin !== undefined && origin !== `http://${own}`) return reply.code(403).send();
  const site = request.headers['sec-fetch-site'];
  const comesByLink = request.method === 'GET' && request.headers['sec-fetch-mode'] === 'navigate';
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !comesByLink) return reply.code(403).send();
  return undefined;
}
