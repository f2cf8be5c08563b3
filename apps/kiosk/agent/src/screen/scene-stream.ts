/**
 * `GET /scenes`: the scenes as they come, one JSON text a line; an empty line now and then says that the agent is still there. A new
 * stream takes the place of the old one: there is one glass.
 */
import type { FastifyReply } from 'fastify';
import type { Clock } from '../ports.ts';
import type { Glass } from './glass.ts';

const ALIVE_MS = 10_000;
const ends = new WeakMap<Glass, () => void>();

export function streamScenes(glass: Glass, clock: Clock, reply: FastifyReply): FastifyReply {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, { ...(reply.getHeaders() as Record<string, string>), 'content-type': 'application/x-ndjson' });
  ends.get(glass)?.();
  const over = new AbortController();
  const unwatch = glass.watch((scene) => raw.write(`${JSON.stringify(scene)}\n`));
  const end = () => {
    over.abort();
    unwatch();
    raw.end();
  };
  ends.set(glass, end);
  raw.once('close', end);
  void sayAlive(clock, raw, over.signal);
  return reply;
}

async function sayAlive(clock: Clock, raw: FastifyReply['raw'], signal: AbortSignal): Promise<void> {
  try {
    for (;;) {
      await clock.sleep(ALIVE_MS, signal);
      raw.write('\n');
    }
  } catch {
    // The stream is over.
  }
}
