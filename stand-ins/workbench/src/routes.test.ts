import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'vitest';
import type { BenchState } from './bench-state.ts';
import type { Deed } from './deeds.ts';
import { createPageServer } from './routes.ts';
import { quietBench } from './testing/quiet-bench.ts';
import { until } from './testing/until.ts';

const ID = '6f1f4c1e-2f6a-4a53-9f62-0c9a1e0a7d11';
let deeds: Deed[];
let state: BenchState;
let tell: () => void;
let app: ReturnType<typeof createPageServer>;
let port: number;

beforeEach(async () => {
  deeds = [];
  state = { ...quietBench, stage: 'begin' };
  const pageDir = mkdtempSync(join(tmpdir(), 'workbench-page-'));
  writeFileSync(join(pageDir, 'index.html'), '<!doctype html><title>page</title>');
  app = createPageServer({
    bench: {
      state: () => state,
      perform: async (deed) => void deeds.push(deed),
      picture: (id, { side, dpi }) => (id === ID && side === 1 ? Promise.resolve(Uint8Array.of(0x89, dpi)) : undefined),
      lookAt: (id, side, look) =>
        id === ID && side === 1 ? Promise.resolve(Uint8Array.of(0xff, look === 'eye' ? 1 : 2)) : undefined,
      shot: (id) => (id === ID ? Uint8Array.of(0xff, 3) : undefined),
    },
    onChange(listener) {
      tell = listener;
      return () => {};
    },
    screenOrigin: 'http://127.0.0.1:8799',
    formOrigin: 'https://site.example',
    pageDir,
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  port = (app.server.address() as AddressInfo).port;
});
afterEach(() => app.close());

interface Ask {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** As raw as a stranger would ask: fetch would not let the Host header be forged. */
function ask({ method = 'GET', path = '/', headers = {}, body = '' }: Ask) {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    asking.on('error', reject);
    asking.end(body);
  });
}

const json = { 'content-type': 'application/json' };
const insert = JSON.stringify({ deed: 'insert', yen: 100 });

describe('the workbench’s door', () => {
  test('a deed is done', async () => {
    assert.equal((await ask({ method: 'POST', path: '/bench', headers: json, body: insert })).status, 204);
    assert.deepEqual(deeds, [{ deed: 'insert', yen: 100 }]);
  });

  test.each<[string, Ask, number]>([
    ['another name of this machine', { headers: { host: 'machikado.example' } }, 421],
    ['another port', { headers: { host: '127.0.0.1:1' } }, 421],
    ['another origin', { headers: { origin: 'http://evil.example' } }, 403],
    ['the origin null', { headers: { origin: 'null' } }, 403],
    ['the kiosk’s screen itself', { headers: { origin: 'http://127.0.0.1:8799' } }, 403],
    ['a page of somebody else', { path: '/bench', headers: { 'sec-fetch-site': 'cross-site' } }, 403],
  ])('%s is turned away', async (_who, asked, status) => {
    for (const path of ['/', '/bench', `/sheets/${ID}/front.png`]) {
      const { body, ...answer } = await ask({ path, ...asked });
      assert.equal(answer.status, status);
      assert.equal(body.length, 0);
    }
    const post = { method: 'POST', path: '/bench', body: insert, headers: { ...json, ...asked.headers } };
    assert.equal((await ask(post)).status, status);
    assert.deepEqual(deeds, []);
  });

  test.each<[string, Record<string, string>, string, number]>([
    ['no JSON', json, '{', 400],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'deed=power-cut', 415],
    ['plain text, which needs no leave of the browser', { 'content-type': 'text/plain' }, insert, 415],
    ['an unknown deed', json, '{"deed":"open-safe"}', 400],
    ['more than a deed', json, '{"deed":"power-cut","also":1}', 400],
    ['an endless amount', json, '{"deed":"insert","yen":1e9}', 400],
    ['a long text', json, JSON.stringify({ deed: 'x'.repeat(2000) }), 413],
  ])('%s is refused', async (_what, headers, body, status) => {
    assert.equal((await ask({ method: 'POST', path: '/bench', headers, body })).status, status);
    assert.deepEqual(deeds, []);
  });

  test('by its name it leads to the numeric address, which alone the kiosk’s screen accepts', async () => {
    const { status, headers } = await ask({ headers: { host: `localhost:${port}` } });
    assert.deepEqual([status, headers.location], [302, `http://127.0.0.1:${port}/`]);
  });

  test('the page may frame the kiosk’s screen and send forms to the verification site, nothing else, and is framed by nobody', async () => {
    const { status, headers } = await ask({});
    assert.equal(status, 200);
    const policy = String(headers['content-security-policy']).split('; ');
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      'frame-src http://127.0.0.1:8799',
      'form-action https://site.example',
    ])
      assert.ok(policy.includes(rule), rule);
    assert.ok(policy.includes("frame-ancestors 'none'"));
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(headers['referrer-policy'], 'no-referrer');
  });

  test('a sheet and a shot are pictures under their random ids; anything else is not there', async () => {
    const small = await ask({ path: `/sheets/${ID}/front.png` });
    assert.deepEqual([small.body[1], small.headers['content-type']], [100, 'image/png']);
    const paths = [`/sheets/${ID}/front.jpg`, `/sheets/${ID}/front.jpg?look=infrared`, `/shots/${ID}.jpg`];
    for (const [i, path] of paths.entries()) {
      const { body, headers } = await ask({ path });
      assert.deepEqual([body[1], headers['content-type']], [i + 1, 'image/jpeg']);
    }
    const wrong = [
      `/sheets/${ID}/back.png`,
      `/sheets/${ID}/front.gif`,
      `/sheets/${ID}/front.jpg?look=toString`,
      '/sheets/..%2f..%2fcard.json/front.png',
      `/shots/${ID}.png`,
      '/shots/..%2fcard.json.jpg',
    ];
    for (const path of wrong) assert.equal((await ask({ path })).status, 404, path);
  });

  test('states come whole, at once and after each change', async () => {
    const over = new AbortController();
    const response = await fetch(`http://127.0.0.1:${port}/bench`, { signal: over.signal });
    const lines: BenchState[] = [];
    let rest = '';
    const reading = (async () => {
      for await (const chunk of response.body ?? []) {
        const parts = (rest + Buffer.from(chunk).toString()).split('\n');
        rest = parts.pop() ?? '';
        lines.push(...parts.filter(Boolean).map((line) => JSON.parse(line) as BenchState));
      }
    })().catch(() => undefined);
    await until(() => lines.length === 1, 'the first state has come');
    state = { ...state, lamp: 'ready' };
    tell();
    tell();
    await until(() => lines.length === 2, 'the second state has come');
    assert.deepEqual(
      lines.map(({ lamp }) => lamp),
      ['off', 'ready'],
    );
    over.abort();
    await reading;
  });
});
