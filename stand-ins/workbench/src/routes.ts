/** The workbench over HTTP: its page, its state, one deed at a time, pictures of sheets. */
import { existsSync } from 'node:fs';
import fastifyStatic from '@fastify/static';
import Fastify, { type FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Bench } from './bench.ts';
import { Deed } from './deeds.ts';
import { guardPage } from './page-headers.ts';
import { createStateStream } from './state-stream.ts';

const NDJSON = 'application/x-ndjson; charset=utf-8';
const BODY_MAX = 1024;
const isDeed = Compile(Deed);
const isId = Compile(Type.String({ pattern: '^[0-9a-f-]{36}$' }));
const sides = new Map([
  ['front.png', 1],
  ['back.png', 2],
]);
/** Dots per inch on the desk, and under the magnifying glass. */
const sizes = new Map([
  ['small', 100],
  ['large', 200],
]);

export interface ServingOptions {
  readonly bench: Bench;
  readonly onChange: (listener: () => void) => () => void;
  readonly screenOrigin: string;
  readonly pageDir: string;
}

export function createPageServer({ bench, onChange, screenOrigin, pageDir }: ServingOptions): FastifyInstance {
  const app = Fastify({ bodyLimit: BODY_MAX, forceCloseConnections: true, exposeHeadRoutes: false });
  const stream = createStateStream(bench.state);
  const forget = onChange(stream.changed);
  app.addHook('onClose', async () => {
    forget();
    stream.close();
  });
  guardPage(app, screenOrigin);
  // What a page must never learn from a failure: whatever the failure says.
  app.setErrorHandler((error: { statusCode?: number }, _request, reply) => reply.code(error.statusCode ?? 500).send());
  app.setNotFoundHandler((_request, reply) => reply.code(404).send());
  app.removeContentTypeParser('text/plain');

  app.get('/bench', (_request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { ...(reply.getHeaders() as Record<string, string>), 'content-type': NDJSON });
    stream.join(reply.raw);
  });
  app.post('/bench', async (request, reply) => {
    if (!isDeed.Check(request.body)) return reply.code(400).send();
    await bench.perform(request.body);
    return reply.code(204).send();
  });
  app.get('/sheets/:id/:side', async (request, reply) => {
    const { id, side } = request.params as { id: string; side: string };
    const { size = 'small' } = request.query as { size?: unknown };
    const [number, dpi] = [sides.get(side), sizes.get(String(size))];
    if (!isId.Check(id) || number === undefined || dpi === undefined) return reply.code(404).send();
    const png = await bench.picture(id, { side: number, dpi });
    return png ? reply.type('image/png').send(Buffer.from(png)) : reply.code(404).send();
  });
  if (existsSync(pageDir)) void app.register(fastifyStatic, { root: pageDir, cacheControl: false });
  return app;
}
