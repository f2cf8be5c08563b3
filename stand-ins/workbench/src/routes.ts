/** The workbench over HTTP: its page, its state, one deed at a time, pictures of sheets. */
import { existsSync } from 'node:fs';
import fastifyStatic from '@fastify/static';
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
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
  ['front', 1],
  ['back', 2],
]);
/** Plainly drawn, for the desk. */
const SMALL_DPI = 100;
const isLook = Compile(Type.Union([Type.Literal('eye'), Type.Literal('infrared')]));

export interface ServingOptions {
  readonly bench: Bench;
  readonly onChange: (listener: () => void) => () => void;
  readonly screenOrigin: string;
  readonly formOrigin: string | null;
  readonly pageDir: string;
}

export function createPageServer(options: ServingOptions): FastifyInstance {
  const { bench, onChange, pageDir } = options;
  const app = Fastify({ bodyLimit: BODY_MAX, forceCloseConnections: true, exposeHeadRoutes: false });
  const stream = createStateStream(bench.state);
  const forget = onChange(stream.changed);
  app.addHook('onClose', async () => {
    forget();
    stream.close();
  });
  guardPage(app, options);
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
  app.get('/sheets/:id/:file', async (request, reply) => {
    const { id, file } = request.params as { id: string; file: string };
    const { look = 'eye' } = request.query as { look?: unknown };
    const [name = '', kind] = file.split('.');
    const side = sides.get(name);
    if (!isId.Check(id) || side === undefined) return reply.code(404).send();
    if (kind === 'png') return send(reply, 'image/png', await bench.picture(id, { side, dpi: SMALL_DPI }));
    if (kind !== 'jpg' || !isLook.Check(look)) return reply.code(404).send();
    return send(reply, 'image/jpeg', await bench.lookAt(id, side, look));
  });
  app.get('/shots/:file', async (request, reply) => {
    const [id, kind] = (request.params as { file: string }).file.split('.');
    return send(reply, 'image/jpeg', kind === 'jpg' && isId.Check(id) ? bench.shot(id) : undefined);
  });
  if (existsSync(pageDir)) void app.register(fastifyStatic, { root: pageDir, cacheControl: false });
  return app;
}

function send(reply: FastifyReply, type: string, picture: Uint8Array | undefined): FastifyReply {
  return picture ? reply.type(type).send(Buffer.from(picture)) : reply.code(404).send();
}
