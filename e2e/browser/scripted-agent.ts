/**
 * An agent that says what a picture needs: it serves the built screen and any scene, one after the other, and keeps what the glass answers. Headers
 * are as strict as the real one’s.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Act, Scene, SceneOfStep } from '@machikado/protocol';

export interface ScriptedAgent {
  readonly url: string;
  /** Acts that came, without their numbers. */
  readonly acts: readonly Act[];
  show(step: SceneOfStep & Pick<Scene, 'endsInSeconds'>): void;
  /** Away (503), or started anew, so that the token is of no use (401): until the next scene. */
  hangUp(status: 401 | 503): void;
  close(): Promise<void>;
}

export interface Municipality {
  readonly lgCode: string;
  readonly prefecture: string;
  readonly name: string;
  readonly nameKana: string;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
};
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

export async function openScriptedAgent(
  screenDir: string,
  municipalities: readonly Municipality[],
): Promise<ScriptedAgent> {
  const token = randomBytes(16).toString('hex');
  const acts: Act[] = [];
  let scene: Scene | undefined;
  let stream: ServerResponse | undefined;
  let seq = 0;
  let away: 401 | 503 | undefined;

  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://screen');
    response.setHeader('content-security-policy', policy).setHeader('cache-control', 'no-store');
    if (pathname === '/municipalities.json') {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(municipalities));
    } else if (pathname === '/scenes' && away) {
      response.writeHead(away).end();
    } else if (pathname === '/scenes' && request.headers.authorization === `Bearer ${token}`) {
      stream?.end();
      stream = response.setHeader('content-type', 'application/x-ndjson');
      stream.write(scene ? `${JSON.stringify(scene)}\n` : '\n');
    } else if (pathname === '/acts' && request.headers.authorization === `Bearer ${token}`) {
      const act = JSON.parse(await text(request)) as Act;
      const isOver = act.seq !== scene?.seq;
      if (!isOver) acts.push(act);
      response.writeHead(isOver ? 409 : 204).end();
    } else {
      sendFile(join(screenDir, normalize(pathname === '/' ? '/index.html' : pathname)), response);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/#${token}`,
    acts,
    show(step) {
      seq += 1;
      away = undefined;
      scene = { ...step, seq, use: 'one' } as Scene;
      stream?.write(`${JSON.stringify(scene)}\n`);
    },
    hangUp(status) {
      away = status;
      stream?.end();
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function sendFile(file: string, response: ServerResponse): void {
  try {
    const bytes = readFileSync(file);
    response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream').end(bytes);
  } catch {
    response.writeHead(404).end();
  }
}
