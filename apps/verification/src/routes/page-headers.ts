/** What the page may do: itself only, with the camera if the visitor agrees. No cookie is ever set. */
import type { FastifyInstance } from 'fastify';

/** Whoever answers before any hook runs sets them by hand. */
export const pageHeaders = {
  'content-security-policy': [
    "default-src 'none'",
    ...["script-src 'self'", "style-src 'self'", "font-src 'self'", "img-src 'self' blob:", "connect-src 'self'"],
    ...["frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"],
  ].join('; '),
  'cache-control': 'no-store',
  'permissions-policy': 'camera=(self), microphone=(), geolocation=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // Also behind a proxy that speaks TLS; what comes without any, browsers pass over (RFC 6797 section 8.1).
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
};

export function guardPage(app: FastifyInstance): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(pageHeaders);
  });
}
