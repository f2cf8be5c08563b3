import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls';
import { ProtocolError } from '@machikado/protocol';
import { afterEach, beforeEach, describe, test } from 'vitest';
import type { Call, Handler } from './call.ts';
import { systemClocks } from './clocks.ts';
import { aSession, echo, type Fixture, read, setUp, soon, staffOnly } from './testing/fixtures.ts';

let f: Fixture;
beforeEach(async () => {
  f = await setUp();
});
afterEach(() => f.close());

const listen = { host: '127.0.0.1', port: 0 };
const echoing = async ({ body }: Call<{ text: string }>) => body;

function tlsOf(name: string): ConnectionOptions {
  const { keyFile, certFile, caFile } = f.pki.peer(name);
  return { key: readFileSync(keyFile), cert: readFileSync(certFile), ca: readFileSync(caFile) };
}

/** Everything that a raw connection gets to read before it ends. */
function raw(port: number, request: string | Buffer, options: ConnectionOptions = tlsOf('kiosk')): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connectTls({ host: '127.0.0.1', port, ...options }, () => socket.write(request));
    socket.on('data', (data) => {
      text += data;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
  });
}

/** Whether the connection ended without one byte of an answer, by an alert or just so. */
async function unanswered(port: number, request: Buffer, options: ConnectionOptions): Promise<boolean> {
  return (await raw(port, request, options).catch(() => '')) === '';
}

function post(body: string | Buffer, headers: Record<string, string> = {}, path = '/v1/echo'): Buffer {
  const bytes = Buffer.from(body);
  const all = {
    host: 'x',
    'content-type': 'application/json',
    'content-length': bytes.length,
    connection: 'close',
    ...headers,
  };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\n${head.join('')}\r\n`), bytes]);
}

const codeIn = (text: string) => /"code":"([A-Z_]+)"/.exec(text)?.[1];

describe('the handshake', () => {
  test('refuses TLS 1.2, a client without a cert, and a cert of another CA', async () => {
    const { port } = await f.server().on(echo, echoing).listen(listen);
    const request = post('{"text":"a"}');
    const own = tlsOf('kiosk');
    const other = await setUp();
    const foreign = other.pki.peer('kiosk');
    const handshakes: ConnectionOptions[] = [
      { ...own, maxVersion: 'TLSv1.2' },
      { ...(own.ca && { ca: own.ca }) },
      { ...own, key: readFileSync(foreign.keyFile), cert: readFileSync(foreign.certFile) },
    ];
    for (const options of handshakes) assert.equal(await unanswered(port, request, options), true);
    await other.close();
    assert.equal(codeIn(await raw(port, request)), undefined);
    assert.ok(!f.lines.some((line) => line.event === 'request' && line.status !== 200));
    assert.deepEqual(
      f.lines.filter((line) => line.event === 'handshake-refused').map((line) => line.reason),
      ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    );
  });
});

describe('who may ask', () => {
  test('a good cert that nobody knows, and a peer of another kind, are PEER_NOT_ALLOWED and never reach the handler', async () => {
    let calls = 0;
    const counting = async ({ body }: Call<{ text: string }>) => {
      calls += 1;
      return body;
    };
    const { port } = await f.server().on(echo, counting).on(staffOnly, counting).listen(listen);
    const body = { text: 'a' };
    await assert.rejects(f.client('stranger', port).call(echo, { body }), { code: 'PEER_NOT_ALLOWED' });
    await assert.rejects(f.client('kiosk', port).call(staffOnly, { body }), { code: 'PEER_NOT_ALLOWED' });
    assert.equal(calls, 0);
    const refused = f.lines.filter(({ code }) => code === 'PEER_NOT_ALLOWED');
    assert.deepEqual(
      refused.map(({ peerId, host }) => [peerId, host]),
      [
        [undefined, '127.0.0.1'],
        ['kiosk-1', '127.0.0.1'],
      ],
    );
    await f.client('town', port).call(staffOnly, { body });
    assert.equal(calls, 1);
  });

  test('a pin that is withdrawn stops at once on the connection that is open', async () => {
    const { port } = await f.server().on(echo, echoing).listen(listen);
    const client = f.client('kiosk', port, { pool: 1 });
    await client.call(echo, { body: { text: 'a' } });
    f.peers.delete(f.pki.peer('kiosk').pin);
    await assert.rejects(client.call(echo, { body: { text: 'a' } }), { code: 'PEER_NOT_ALLOWED' });
  });

  test('reloading a CRL closes the open connection of the revoked peer, refuses its ticket, and leaves the others open', async () => {
    const server = f.server().on(echo, echoing).on(staffOnly, echoing);
    const { port } = await server.listen(listen);
    const kiosk = await openRaw(port, 'kiosk');
    const town = await openRaw(port, 'town');
    await f.pki.revoke(['kiosk']);
    assert.equal(await server.reload(), 'reloaded');
    await kiosk.closed;
    assert.equal(town.socket.destroyed, false);
    town.socket.destroy();
    assert.ok(kiosk.session);
    const resumed = { ...tlsOf('kiosk'), session: kiosk.session };
    assert.equal(await unanswered(port, post('{"text":"a"}'), resumed), true);
  });

  test('a revoked peer that has connected but not asked yet is closed too', async () => {
    const server = f.server().on(echo, echoing);
    const { port } = await server.listen(listen);
    const socket = connectTls({ host: '127.0.0.1', port, ...tlsOf('kiosk') });
    socket.on('error', () => undefined);
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    // The ticket is the first thing that the server sends after it has taken the client's cert.
    await new Promise((resolve) => socket.once('session', resolve));
    await f.pki.revoke(['kiosk']);
    await server.reload();
    await closed;
  });

  test('nobody resumes: who shows a ticket under an intermediate CA is let in by its whole chain, before a reload and after', async () => {
    await f.close();
    f = await setUp({ intermediate: true });
    const server = f.server().on(echo, echoing);
    const { port } = await server.listen(listen);
    for (const round of [1, 2]) {
      const first = await openRaw(port, 'kiosk');
      assert.ok(first.session, `no ticket in round ${round}`);
      const second = await openRaw(port, 'kiosk', first.session);
      assert.deepEqual([first.answer, second.answer, second.reused], ['200', '200', false]);
      await server.reload();
      // A connection whose chain holds outlives the reload.
      assert.deepEqual([first.socket.destroyed, second.socket.destroyed], [false, false]);
      for (const { socket } of [first, second]) socket.destroy();
    }
  });

  test('files that do not fit each other leave the last good ones in force', async () => {
    const server = f.server().on(echo, echoing);
    const { port } = await server.listen(listen);
    const { certFile } = f.pki.peer('center');
    writeFileSync(certFile, readFileSync(f.pki.peer('town').certFile));
    assert.equal(await server.reload(), 'kept');
    assert.ok(f.lines.some((line) => line.event === 'tls-files-refused'));
    await f.client('kiosk', port).call(echo, { body: { text: 'a' } });
  });

  test('a renewed server cert is what the next connection sees', async () => {
    const server = f.server().on(echo, echoing);
    const { port } = await server.listen(listen);
    const before = await openRaw(port, 'kiosk');
    await f.pki.issue('center');
    await server.reload();
    const after = await openRaw(port, 'kiosk');
    assert.notEqual(before.serial, after.serial);
    assert.equal(before.socket.destroyed, false);
    before.socket.destroy();
    after.socket.destroy();
  });
});

/** An open connection that has had one reply, or none and is closed. */
async function openRaw(port: number, name: string, ticket?: Buffer) {
  const socket: TLSSocket = connectTls({ host: '127.0.0.1', port, ...tlsOf(name), ...(ticket && { session: ticket }) });
  let reused: boolean | undefined;
  socket.once('secureConnect', () => {
    reused = socket.isSessionReused();
  });
  let session: Buffer | undefined;
  socket.on('session', (ticket) => {
    session = ticket;
  });
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  const path = name === 'town' ? '/v1/other' : '/v1/echo';
  socket.write(post('{"text":"a"}', { connection: 'keep-alive' }, path));
  const answered = new Promise<string>((resolve) =>
    socket.once('data', (data) => resolve(String(data).split(' ')[1] ?? '')),
  );
  const answer = await Promise.race([answered, closed]);
  return { socket, closed, session, reused, answer, serial: socket.getPeerX509Certificate()?.serialNumber };
}

test('a peer that fills its places is told so, and gets them back, while another one is heard', async () => {
  f.peers.set(f.pki.peer('stranger').pin, { kind: 'kiosk', id: 'kiosk-2' });
  let finish: () => void = () => undefined;
  let begun: () => void = () => undefined;
  const hasBegun = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const slow = async ({ body }: Call<{ text: string }>) => {
    if (body.text === 'slow') {
      begun();
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
    }
    return body;
  };
  const { port } = await f.server({ inFlightMaxPerPeer: 1 }).on(echo, slow).listen(listen);
  const [greedy, other] = [f.client('kiosk', port), f.client('stranger', port)];
  const first = greedy.call(echo, { body: { text: 'slow' } });
  await hasBegun;
  await assert.rejects(greedy.call(echo, { body: { text: 'a' } }), { code: 'TOO_BUSY' });
  assert.deepEqual(await other.call(echo, { body: { text: 'b' } }), { text: 'b' });
  finish();
  await first;
  assert.deepEqual(await greedy.call(echo, { body: { text: 'c' } }), { text: 'c' });
});

describe('what comes in', () => {
  const bad: readonly (readonly [string, string | Buffer, Record<string, string>, string])[] = [
    ['not JSON', '{"text":', {}, 'MALFORMED_REQUEST'],
    ['nothing', '', {}, 'MALFORMED_REQUEST'],
    ['an unknown member', '{"text":"a","more":1}', {}, 'MALFORMED_REQUEST'],
    ['a number for a text: nothing is coerced', '{"text":1}', {}, 'MALFORMED_REQUEST'],
    ['the same key twice', '{"text":"a","text":"b"}', {}, 'MALFORMED_REQUEST'],
    ['the same key twice, once in disguise', '{"text":"a","te\\u0078t":"b"}', {}, 'MALFORMED_REQUEST'],
    ['__proto__', '{"text":"a","__proto__":{}}', {}, 'MALFORMED_REQUEST'],
    ['bytes that are not UTF-8', Buffer.from('{"text":"\xff"}', 'latin1'), {}, 'MALFORMED_REQUEST'],
    ['1024 open brackets', '['.repeat(1024), {}, 'MALFORMED_REQUEST'],
    ['a body over the limit', JSON.stringify({ text: 'a'.repeat(1024) }), {}, 'BODY_TOO_LARGE'],
    ['another media type', '{"text":"a"}', { 'content-type': 'text/plain' }, 'UNSUPPORTED_MEDIA_TYPE'],
    [
      'another charset',
      '{"text":"a"}',
      { 'content-type': 'application/json; charset=shift_jis' },
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['a deadline that is no number', '{"text":"a"}', { 'deadline-ms': 'soon' }, 'MALFORMED_REQUEST'],
    ['two lengths', '{"text":"a"}', { 'transfer-encoding': 'chunked' }, 'MALFORMED_REQUEST'],
    ['a header of 20 KB', '{"text":"a"}', { filler: 'a'.repeat(20_000) }, 'MALFORMED_REQUEST'],
  ];
  test.each(bad)('%s is refused', async (_what, body, headers, code) => {
    const never: Handler<typeof echo> = () => assert.fail('the handler was reached');
    const { port } = await f.server().on(echo, never).listen(listen);
    const reply = await raw(port, post(body, headers));
    assert.equal(codeIn(reply), code);
    assert.doesNotMatch(reply, /stack|ajv|fastify|Unexpected|property/i);
  });

  test('an unknown path and an unknown method are NO_SUCH_ENDPOINT', async () => {
    const { port } = await f.server().on(echo, echoing).listen(listen);
    assert.equal(codeIn(await raw(port, post('{}', {}, '/v1/nothing'))), 'NO_SUCH_ENDPOINT');
    assert.equal(
      codeIn(await raw(port, 'GET /v1/echo HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')),
      'NO_SUCH_ENDPOINT',
    );
    assert.equal(codeIn(await raw(port, post('{"text":"a"}', {}, '/v1/echo/%ff'))), 'NO_SUCH_ENDPOINT');
  });

  test('a path parameter follows its schema, and what does not is not even logged; a query is refused', async () => {
    const { port } = await f
      .server()
      .on(read, async ({ params }) => ({ text: params.sessionId ?? '' }))
      .listen(listen);
    const client = f.client('kiosk', port);
    assert.deepEqual(await client.call(read, { params: { sessionId: aSession } }), { text: aSession });
    await assert.rejects(client.call(read, { params: { sessionId: 'yamada' } }), { code: 'MALFORMED_REQUEST' });
    const query = await raw(port, `GET /v1/sessions/${aSession}?a=1 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    assert.equal(codeIn(query), 'MALFORMED_REQUEST');
    assert.doesNotMatch(JSON.stringify(f.lines), /yamada/);
  });

  test('a request that trickles in is cut off', async () => {
    const { port } = await f.server({ receiveMs: 200 }).on(echo, echoing).listen(listen);
    const reply = await raw(port, 'POST /v1/echo HTTP/1.1\r\nhost: x\r\n');
    assert.equal(codeIn(reply), 'MALFORMED_REQUEST');
  });

  test('without TLS a server listens on loopback only', async () => {
    await assert.rejects(f.server({ tls: undefined }).listen({ host: '0.0.0.0', port: 0 }), /loopback only/);
  });

  test('without TLS no page in a browser is heard: another name for the address, or an origin', async () => {
    const loopbackPeer = { kind: 'kiosk', id: 'here' } as const;
    const { port } = await f.server({ tls: undefined, loopbackPeer }).on(echo, echoing).listen(listen);
    const ask = (headers: Record<string, string>) =>
      new Promise<number | undefined>((resolve, reject) => {
        const { method, path } = echo;
        const json = { 'content-type': 'application/json' };
        const asked = httpRequest({ port, method, path, headers: { ...json, ...headers } }, (reply) => {
          reply.resume();
          resolve(reply.statusCode);
        });
        asked.once('error', reject);
        asked.end('{"text":"a"}');
      });
    assert.equal(await ask({ host: `127.0.0.1:${port}` }), 200);
    assert.equal(await ask({ host: `localhost:${port}` }), 200);
    assert.equal(await ask({ host: `rebound.example:${port}` }), 403);
    assert.equal(await ask({ host: '127.0.0.1' }), 403);
    assert.equal(await ask({ host: `127.0.0.1:${port}`, origin: 'https://elsewhere.example' }), 403);
  });
});

describe('what goes out', () => {
  test('a refusal carries its code and a request id that stands in the log beside detail and cause', async () => {
    const refusing: Handler<typeof echo> = async () => {
      const cause = Object.assign(new Error('夕凪'), { code: 'ERR_TLS_OTHER_KEY' });
      throw new ProtocolError('SERVICE_CLOSED', 'closed until 06:30', { cause });
    };
    const { port } = await f.server().on(echo, refusing).listen(listen);
    const reply = await raw(port, post('{"text":"a"}'));
    const body = JSON.parse(reply.split('\r\n\r\n')[1] ?? '');
    assert.deepEqual(body, { error: { code: 'SERVICE_CLOSED', retry: 'later', requestId: body.error.requestId } });
    assert.match(body.error.requestId, /^[0-9a-f]{16}$/);
    const line = f.lines.find(({ event }) => event === 'request');
    const { requestId, code, detail, cause, endpoint, status, peerId } = line ?? {};
    assert.deepEqual(
      { requestId, code, detail, cause, endpoint, status, peerId },
      {
        requestId: body.error.requestId,
        code,
        detail: 'closed until 06:30',
        cause: 'Error/ERR_TLS_OTHER_KEY',
        endpoint: 'T-ECHO',
        status: 403,
        peerId: 'kiosk-1',
      },
    );
    assert.match(reply, /cache-control: no-store/);
    assert.match(reply, /x-content-type-options: nosniff/);
  });

  test('an address that is none, and what is no HTTP, are answered with the same headers', async () => {
    const { port } = await f.server().on(echo, echoing).listen(listen);
    const none = await raw(port, 'GET /%E0%A4%A HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    const noHttp = await raw(port, 'GET\r\n\r\n');
    assert.deepEqual([none, noHttp].map(codeIn), ['NO_SUCH_ENDPOINT', 'MALFORMED_REQUEST']);
    for (const reply of [none, noHttp]) {
      assert.match(reply, /cache-control: no-store/);
      assert.match(reply, /x-content-type-options: nosniff/);
    }
  });

  test('a bug and a reply against its schema are INTERNAL; neither reply nor log quotes anything of them', async () => {
    const secret = '夕凪太郎 yunagi';
    const broken: Handler<typeof echo> = async ({ body }) => {
      if (body.text === 'throw') throw new Error(secret);
      return { text: 'a', extra: secret } as { text: string };
    };
    const { port } = await f.server().on(echo, broken).listen(listen);
    for (const text of ['throw', 'extra']) {
      const reply = await raw(port, post(JSON.stringify({ text })));
      assert.equal(codeIn(reply), 'INTERNAL');
      assert.doesNotMatch(reply, /yunagi/);
    }
    assert.equal(f.lines.filter(({ event }) => event === 'bug').length, 2);
    assert.doesNotMatch(JSON.stringify(f.lines), /yunagi|夕凪/);
  });

  test('the name of an unknown member is text of the peer: it stands in no line', async () => {
    const { port } = await f.server().on(echo, echoing).listen(listen);
    await raw(port, post('{"text":"a","SUZUKI HANAKO b.1980-01-02":1}'));
    assert.equal(f.lines.find(({ event }) => event === 'request')?.detail, 'body at /*: boolean');
  });

  test('one line a request, without the body', async () => {
    const { port } = await f.server().on(echo, echoing).listen(listen);
    await f.client('kiosk', port).call(echo, { body: { text: 'canary' } });
    assert.equal(f.lines.filter(({ event }) => event === 'request').length, 1);
    assert.doesNotMatch(JSON.stringify(f.lines), /canary/);
  });
});

test('however many ask for its health at once, the service is asked once, and again only after a second', async () => {
  let nowMs = 0;
  let asked = 0;
  let begun: () => void = () => undefined;
  let word: Promise<boolean>;
  const healthy = () => {
    asked += 1;
    begun();
    return word;
  };
  const clocks = { ...systemClocks(), monotonic: { nowMs: () => nowMs } };
  const { port } = await f.server({ healthy, clocks }).listen(listen);
  const health = async () => {
    const reply = await raw(port, 'GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    return reply.split(' ')[1];
  };
  const round = async (well: boolean) => {
    let say: () => void = () => undefined;
    word = new Promise((resolve, reject) => {
      say = () => (well ? resolve(true) : reject(new Error('away')));
    });
    const isAsked = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const many = Array.from({ length: 5 }, health);
    await isAsked;
    // The question takes as long as it takes: nobody asks a second one beside it.
    nowMs += 60_000;
    many.push(health());
    await soon();
    say();
    return Promise.all(many);
  };
  assert.deepEqual([await round(true), asked], [Array(6).fill('200'), 1]);
  nowMs += 999;
  assert.deepEqual([await health(), asked], ['200', 1]);
  nowMs += 1;
  assert.deepEqual([await round(false), asked], [Array(6).fill('503'), 2]);
});

test('a plain connection to the TLS port gets nothing', async () => {
  const { port } = await f.server().on(echo, echoing).listen(listen);
  const text = await new Promise<string>((resolve) => {
    let got = '';
    const socket = connectTcp(port, '127.0.0.1', () => socket.write(post('{"text":"a"}')));
    socket.on('data', (data) => {
      got += data;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(got));
  });
  assert.doesNotMatch(text, /HTTP/);
});
