import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Act, Scene } from '@machikado/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createHandClock, type HandClock } from '../testing/hand-clock.ts';
import { createGlass, type Glass } from './glass.ts';
import { municipalitiesFor } from './municipality-table.ts';
import { openScreenServer, type ScreenServer } from './server.ts';

const TOKEN = 'token-of-this-boot';
let dir: string;
let glass: Glass;
let clock: HandClock;
let server: ScreenServer;
let taken: Act[];
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'screen-'));
  mkdirSync(join(dir, 'page'));
  writeFileSync(join(dir, 'page', 'index.html'), '<!doctype html>page');
  writeFileSync(join(dir, 'secret'), 'secret');
  let n = 0;
  glass = createGlass((bytes) => {
    n += 1;
    return new Uint8Array(bytes).fill(n);
  });
  taken = [];
  clock = createHandClock();
  server = await openScreenServer({
    ...{ glass, clock, port: 0, dir: join(dir, 'page'), token: TOKEN },
    municipalities: async () => municipalitiesFor(null),
  });
});
afterEach(async () => {
  await server.close();
  rmSync(dir, { recursive: true });
});

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** Raw, so that headers and paths go out as they are. */
function ask(path: string, options: { method?: string; headers?: Record<string, string>; body?: string } = {}) {
  const { method = 'GET', headers = {}, body } = options;
  return new Promise<Reply>((resolve, reject) => {
    const host = `127.0.0.1:${server.port}`;
    const sent = request(
      { host: '127.0.0.1', port: server.port, path, method, headers: { host, ...headers } },
      (reply) => {
        let text = '';
        reply.on('data', (chunk) => {
          text += chunk;
        });
        reply.on('end', () => resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body: text }));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const bearer = { authorization: `Bearer ${TOKEN}` };
const json = { 'content-type': 'application/json' };
const say = (act: unknown, headers: Record<string, string> = { ...bearer, ...json }) =>
  ask('/acts', { method: 'POST', headers, body: typeof act === 'string' ? act : JSON.stringify(act) });

/** A tab: the scenes that it was sent, as they come. */
async function openTab() {
  const scenes: Scene[] = [];
  let heard: () => void = () => {};
  let empty = 0;
  let isOver = false;
  const reply = await fetch(`http://127.0.0.1:${server.port}/scenes`, { headers: bearer });
  assert(reply.body);
  const read = (async () => {
    let rest = '';
    for await (const chunk of reply.body as unknown as AsyncIterable<Uint8Array>) {
      const lines = (rest + new TextDecoder().decode(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line === '') empty += 1;
        else scenes.push(JSON.parse(line) as Scene);
      }
      heard();
    }
    isOver = true;
    heard();
  })();
  read.catch(() => undefined);
  const until = async (isSo: () => boolean) => {
    while (!isSo())
      await new Promise<void>((resolve) => {
        heard = resolve;
      });
  };
  return {
    scenes,
    status: reply.status,
    scene: async (n: number) => {
      await until(() => scenes.length >= n);
      return scenes[n - 1] as Scene;
    },
    empty: (n: number) => until(() => empty >= n),
    over: () => until(() => isOver),
  };
}

describe('the glass’s own page', () => {
  test('gets page, table, scenes as they come, and says its acts', async () => {
    glass.hear((act) => {
      taken.push(act);
      return act.act === 'begin';
    });
    const page = await ask('/');
    expect([page.status, page.body]).toEqual([200, '<!doctype html>page']);
    const tab = await openTab();
    const { seq, step } = await tab.scene(1);
    expect(step).toBe('busy');
    glass.show({ step: 'card', cards: 'none' });
    const card = await tab.scene(2);
    expect([card.step, card.seq]).toEqual(['card', seq + 1]);
    expect((await say({ seq: card.seq, act: 'begin' })).status).toBe(204);
    expect((await say({ seq: card.seq, act: 'pay' })).status).toBe(409);
    expect((await say({ seq, act: 'begin' })).status).toBe(409);
    expect(taken.map(({ act }) => act)).toEqual(['begin', 'pay']);
  });

  test('an empty line now and then says that the agent is still there', async () => {
    const tab = await openTab();
    await tab.scene(1);
    await clock.advance(10_000);
    await tab.empty(1);
  });

  test('a second tab takes over, and what the first one still shows is out of date', async () => {
    glass.hear(() => true);
    const first = await openTab();
    const old = await first.scene(1);
    const second = await openTab();
    const now = await second.scene(1);
    await first.over();
    expect(now.seq).toBeGreaterThan(old.seq);
    expect((await say({ seq: old.seq, act: 'quit' })).status).toBe(409);
    expect((await say({ seq: now.seq, act: 'quit' })).status).toBe(204);
  });

  test('the table holds all municipalities, and an invented one only where it is served', async () => {
    const rows = JSON.parse((await ask('/municipalities.json')).body) as { lgCode: string }[];
    expect(rows).toHaveLength(1741);
    expect(Object.keys(rows[0] ?? {})).toEqual(['lgCode', 'prefecture', 'name', 'nameKana']);
    const status = {
      ...{ centerId: 'c', businessTime: '2026-06-01T03:00:00Z', open: true },
      municipalities: [{ lgCode: '990019', name: '夕凪市', kinds: [] }],
    };
    expect(municipalitiesFor(status).filter(({ lgCode }) => lgCode.startsWith('99'))).toHaveLength(1);
  });

  test('every answer forbids everything but itself', async () => {
    for (const path of ['/', '/acts', '/nothing', '/%E0%A4%A', '/municipalities.json']) {
      const { headers } = await ask(path);
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|http:|\*/);
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      });
      expect(headers).not.toHaveProperty('access-control-allow-origin');
    }
    const tab = await fetch(`http://127.0.0.1:${server.port}/scenes`, { headers: bearer });
    expect(tab.headers.get('content-security-policy')).toContain("default-src 'none'");
    await tab.body?.cancel();
  });
});

describe('strangers', () => {
  beforeEach(() => {
    glass.hear((act) => {
      taken.push(act);
      return true;
    });
  });
  afterEach(() => expect(taken).toEqual([]));

  test.each(['/', '/scenes', '/municipalities.json'])(
    'another name for this address gets nothing of %s',
    async (path) => {
      for (const host of [
        'evil.example',
        `evil.example:${server.port}`,
        '127.0.0.1',
        `127.0.0.1:1`,
        `[::1]:${server.port}`,
      ]) {
        const { status, body } = await ask(path, { headers: { ...bearer, host } });
        expect([status, body]).toEqual([403, '']);
      }
    },
  );

  test('a page of somebody else is heard by nobody, even with the token', async () => {
    for (const origin of [
      'http://evil.example',
      'null',
      `http://localhost:${server.port}`,
      `https://127.0.0.1:${server.port}`,
    ]) {
      expect((await say({ seq: 1, act: 'quit' }, { ...bearer, ...json, origin })).status).toBe(403);
      expect((await ask('/scenes', { headers: { ...bearer, origin } })).status).toBe(403);
    }
  });

  test.each([{}, { authorization: 'Bearer wrong' }, { authorization: TOKEN }, { authorization: `Bearer ${TOKEN}x` }])(
    'without the token of this boot nobody sees or says anything: %j',
    async (headers) => {
      expect((await ask('/scenes', { headers })).status).toBe(401);
      expect((await say({ seq: 1, act: 'quit' }, { ...headers, ...json })).status).toBe(401);
    },
  );

  test('the token in the address is no token', async () => {
    expect((await ask(`/scenes?token=${TOKEN}`)).status).toBe(401);
  });

  const malformed: readonly [string, unknown][] = [
    ['no JSON', '{"seq":1,'],
    ['a list', '[]'],
    ['an unknown act', { seq: 1, act: 'explode' }],
    ['no number', { act: 'quit' }],
    ['more than it may hold', { seq: 1, act: 'quit', extra: 1 }],
    ['two digits', { seq: 1, act: 'digit', digit: '12' }],
    ['a digit of another script', { seq: 1, act: 'digit', digit: '１' }],
    ['one key twice', '{"seq":1,"seq":2,"act":"quit"}'],
    ['a prototype', '{"seq":1,"act":"quit","__proto__":{}}'],
    [
      'no copies',
      { seq: 1, act: 'order', kind: 'resident-record', scope: 'self', personRefs: [], items: [], copies: 0, feeYen: 0 },
    ],
  ];
  test.each(malformed)('a malformed act (%s) is refused without a word', async (_, act) => {
    const { status, body } = await say(act);
    expect([status, body]).toEqual([400, '']);
  });

  test('an act too long, or of another type, is refused', async () => {
    expect((await say(`{"seq":1,"act":"quit","x":"${'x'.repeat(20_000)}"}`)).status).toBe(413);
    expect((await say('{"seq":1,"act":"quit"}', { ...bearer, 'content-type': 'text/plain' })).status).toBe(415);
    expect((await ask('/acts', { headers: bearer })).status).toBe(404);
  });

  test.each([
    '/../secret',
    '/..%2fsecret',
    '/%2e%2e/secret',
    '/....//secret',
    '/page/../../secret',
    '/\\..\\secret',
    '/%00',
    '/%',
  ])('no path leads out of the page: %s', async (path) => {
    const { status, body } = await ask(path);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(body).toBe('');
  });
});
