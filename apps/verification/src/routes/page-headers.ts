/** What the page may do: itself only, with the camera if the visitor agrees. No cookie is ever set. */
import type { FastifyInstance } from 'fastify';

export function guardPage(app: FastifyInstance, options: { readonly tls: boolean }): void {
  const headers = {
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
    ...(options.tls && { 'strict-transport-security': 'max-age=31536000' }),
  };
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(headers);
  });
}
