import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { ProtocolError } from '@machikado/protocol';
import { afterEach, beforeEach, describe, test } from 'vitest';
import type { Call } from './call.ts';
import { type Clocks, systemClocks } from './clocks.ts';
import { createClient } from './create-client.ts';
import { Deadline } from './deadline.ts';
import { errorFields } from './log.ts';
import { postBytes } from './post-bytes.ts';
import { echo, type Fixture, setUp } from './testing/fixtures.ts';
import { TransportError } from './transport-error.ts';

let f: Fixture;
beforeEach(async () => {
  f = await setUp();
});
afterEach(() => f.close());

const listen = { host: '127.0.0.1', port: 0 };
type Note = { text: string };
const echoing = async ({ body }: Call<Note>) => body;
const body = { text: 'a' };

/** A server of the right name that answers every request with these bytes. */
async function fakeServer(answer: (socket: Socket) => void): Promise<number> {
  const { keyFile, certFile, caFile } = f.pki.peer('center');
  const options = { key: readFileSync(keyFile), cert: readFileSync(certFile), ca: readFileSync(caFile) };
  const server = createTlsServer({ ...options, requestCert: true, minVersion: 'TLSv1.3' }, (socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => answer(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

const reply = (text: string, head = 'HTTP/1.1 200 OK') =>
  `${head}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;

const transport = (kind: string, sent: boolean | 'unknown') => (error: unknown) => {
  assert.ok(error instanceof TransportError, String(error));
  assert.deepEqual([error.kind, error.sent], [kind, sent]);
  return true;
};

describe('no usable reply', () => {
  test('nobody listens: surely not sent', async () => {
    await assert.rejects(f.client('kiosk', 1).call(echo, { body }), transport('unreachable', false));
  });

  test('somebody takes the connection and hangs up, as a balancer before a dead server: surely not sent', async () => {
    const balancer = createTcpServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => balancer.listen(0, '127.0.0.1', resolve));
    const address = balancer.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await assert.rejects(f.client('kiosk', port).call(echo, { body }), transport('unreachable', false));
    balancer.close();
  });

  test('a server whose cert has another name, or comes from another CA, never gets the request', async () => {
    let requests = 0;
    const port = await fakeServer(() => {
      requests += 1;
    });
    const wrongName = createClient({
      baseUrl: `https://127.0.0.1:${port}`,
      tls: f.pki.peer('kiosk'),
      serverName: 'town.machikado.test',
    });
    await assert.rejects(wrongName.call(echo, { body }), transport('unreachable', false));
    const other = await setUp();
    await assert.rejects(other.client('kiosk', port).call(echo, { body }), transport('unreachable', false));
    await other.close();
    await wrongName.close();
    assert.equal(requests, 0);
  });

  test('a server of the right name and CA with a key that was not agreed on never gets the request', async () => {
    const { port } = await f.server().on(echo, echoing).listen(listen);
    const pinned = (pins: string[]) =>
      createClient({ baseUrl: `https://127.0.0.1:${port}`, tls: f.pki.peer('kiosk'), serverPins: pins });
    const right = pinned(['0'.repeat(64), f.pki.peer('center').pin]);
    assert.deepEqual(await right.call(echo, { body }), body);
    const wrong = pinned([f.pki.peer('kiosk').pin]);
    await assert.rejects(wrong.call(echo, { body }), (error) => {
      assert.equal(errorFields(error).cause, 'Error/ERR_TLS_OTHER_KEY');
      return transport('unreachable', false)(error);
    });
    const line = wrong.pinned();
    await assert.rejects(line.call(echo, { body }), transport('unreachable', false));
    await Promise.all([right.close(), wrong.close(), line.close()]);
  });

  test('a key that is agreed on no more never gets another request, though its server hands out tickets', async () => {
    let requests = 0;
    const port = await fakeServer((socket) => {
      requests += 1;
      socket.end(reply('{"text":"a"}'));
    });
    let pins = [f.pki.peer('center').pin];
    const client = createClient({
      baseUrl: `https://127.0.0.1:${port}`,
      tls: f.pki.peer('kiosk'),
      serverPins: () => pins,
    });
    assert.deepEqual(await client.call(echo, { body }), body);
    pins = [f.pki.peer('town').pin];
    await assert.rejects(client.call(echo, { body }), transport('unreachable', false));
    assert.equal(requests, 1);
    await client.close();
  });

  test('with TLS files an address in the clear is refused, before anything is sent', () => {
    const clear = { baseUrl: 'http://127.0.0.1:1', tls: f.pki.peer('kiosk'), serverPins: [f.pki.peer('center').pin] };
    assert.throws(() => createClient(clear), /https: only/);
  });

  test('the cert of one who only asks does not make a server', async () => {
    const { port } = await f
      .server({ tls: f.pki.peer('kiosk') })
      .on(echo, echoing)
      .listen(listen);
    const client = f.client('town', port, { serverPins: [f.pki.peer('kiosk').pin] });
    await assert.rejects(client.call(echo, { body }), transport('unreachable', false));
  });

  test('a connection that breaks after the request: nobody knows', async () => {
    const port = await fakeServer((socket) => socket.destroy());
    await assert.rejects(f.client('kiosk', port).call(echo, { body }), transport('broken', 'unknown'));
  });

  test('a reply that breaks off: surely sent', async () => {
    const port = await fakeServer((socket) => {
      socket.write(reply('{"text":"abcdef"}').slice(0, -4));
      setImmediate(() => socket.destroy());
    });
    await assert.rejects(f.client('kiosk', port).call(echo, { body }), transport('broken', true));
  });

  test.each([
    ['not JSON', reply('<html>')],
    ['against its schema', reply('{"text":"a","more":1}')],
    ['the same key twice', reply('{"text":"a","text":"b"}')],
    ['a code that nobody knows', reply('{"error":{"code":"WHAT","retry":"never","requestId":"1"}}', 'HTTP/1.1 500 X')],
    ['a redirect', reply('{"text":"a"}', 'HTTP/1.1 302 Found\r\nlocation: /other')],
  ])('a reply that cannot be believed: %s', async (_what, text) => {
    const port = await fakeServer((socket) => void socket.write(text));
    await assert.rejects(f.client('kiosk', port).call(echo, { body }), transport('bad-reply', true));
  });

  test('a reply over the limit is not read to its end', async () => {
    const port = await fakeServer((socket) => void socket.write(reply(JSON.stringify({ text: 'a'.repeat(5000) }))));
    const client = createClient({
      baseUrl: `https://127.0.0.1:${port}`,
      tls: f.pki.peer('kiosk'),
      replyBytesMax: 1000,
    });
    await assert.rejects(client.call(echo, { body }), transport('bad-reply', true));
    await client.close();
  });
});

describe('the deadline', () => {
  /** Timers that run when told to. */
  function handClocks(): Clocks & { fire(): void; fireNewest(): void } {
    const due: (() => void)[] = [];
    const timers = {
      after(_ms: number, callback: () => void) {
        due.push(callback);
        return () => undefined;
      },
    };
    const fire = () => due.splice(0).forEach((callback) => void callback());
    return { ...systemClocks(), timers, fire, fireNewest: () => void due.pop()?.() };
  }

  test('travels with the request, capped by the row of the endpoint', async () => {
    const seen: number[] = [];
    const { port } = await f
      .server()
      .on(echo, async ({ body, deadline }) => {
        seen.push(deadline.leftMs());
        return body;
      })
      .listen(listen);
    const client = f.client('kiosk', port);
    await client.call(echo, { body, deadlineMs: 1_000 });
    await client.call(echo, { body, deadlineMs: 60_000 });
    const whole = Deadline.after(2_000, systemClocks());
    await client.call(echo, { body, deadline: whole });
    whole.dispose();
    const [one, capped, passedOn] = seen as [number, number, number];
    assert.ok(one <= 1_000 && one > 0 && capped <= 5_000 && capped > 2_000 && passedOn <= 2_000 && passedOn > 1_000);
  });

  test('when it passes, the asker hears DEADLINE_PASSED at once, the work sees its signal, and the late answer is discarded', async () => {
    const clocks = handClocks();
    let finish: () => void = () => undefined;
    let sawSignal = false;
    let begun: () => void = () => undefined;
    const hasBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const slow = async ({ body, deadline }: Call<Note>) => {
      deadline.signal.addEventListener('abort', () => {
        sawSignal = true;
      });
      begun();
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return body;
    };
    const server = f.server({ clocks, inFlightMax: 1 }).on(echo, slow);
    const { port } = await server.listen(listen);
    const client = f.client('kiosk', port);
    const asked = client.call(echo, { body });
    await hasBegun;
    clocks.fire();
    await assert.rejects(asked, (error) => error instanceof ProtocolError && error.code === 'DEADLINE_PASSED');
    assert.equal(sawSignal, true);
    // The work still runs, so its place is still taken.
    await assert.rejects(client.call(echo, { body }), { code: 'TOO_BUSY' });
    finish();
  });

  test('at the asker: a timeout, and nobody knows', async () => {
    const clocks = handClocks();
    let arrived: () => void = () => undefined;
    const hasArrived = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const port = await fakeServer(() => arrived());
    const client = createClient({ baseUrl: `https://127.0.0.1:${port}`, tls: f.pki.peer('kiosk'), clocks });
    const asked = client.call(echo, { body });
    await hasArrived;
    clocks.fire();
    await assert.rejects(asked, transport('timeout', 'unknown'));
    await client.close();
  });

  test('also holds for a call that still waits for a connection', async () => {
    const clocks = handClocks();
    let arrived: () => void = () => undefined;
    const hasArrived = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const port = await fakeServer(() => arrived());
    const options = { baseUrl: `https://127.0.0.1:${port}`, tls: f.pki.peer('kiosk'), pool: 1, clocks };
    const client = createClient(options);
    const hanging = client.call(echo, { body });
    await hasArrived;
    const waiting = client.call(echo, { body });
    clocks.fireNewest();
    await assert.rejects(waiting, transport('timeout', 'unknown'));
    clocks.fire();
    await assert.rejects(hanging, transport('timeout', 'unknown'));
    await client.close();
  });

  test('one that has passed already sends nothing', async () => {
    const clocks = handClocks();
    const deadline = Deadline.after(1_000, clocks);
    clocks.fire();
    await assert.rejects(f.client('kiosk', 1).call(echo, { body, deadline }), { code: 'DEADLINE_PASSED' });
  });
});

describe('a pinned client', () => {
  test('computes the same exporter as the server, on one socket through all calls, and another one per connection', async () => {
    const seen: { exporter: string; socketId: string }[] = [];
    const { port } = await f
      .server()
      .on(echo, async ({ body, exporter, socketId }) => {
        seen.push({ exporter: Buffer.from(exporter()).toString('hex'), socketId });
        return body;
      })
      .listen(listen);
    const client = f.client('kiosk', port);
    const own: string[] = [];
    for (const pinned of [client.pinned(), client.pinned()]) {
      own.push(Buffer.from(await pinned.exporter()).toString('hex'));
      await pinned.call(echo, { body });
      await pinned.call(echo, { body });
      await pinned.close();
    }
    const [a1, a2, b1, b2] = seen;
    assert.deepEqual(a1, a2);
    assert.deepEqual(b1, b2);
    assert.deepEqual([a1?.exporter, b1?.exporter], own);
    assert.notEqual(own[0], own[1]);
    assert.equal(own[0]?.length, 64);
  });

  test('fails rather than reconnects', async () => {
    const server = f.server().on(echo, echoing);
    const { port } = await server.listen(listen);
    const pinned = f.client('kiosk', port).pinned();
    await pinned.call(echo, { body });
    const pin = f.pki.peer('kiosk').pin;
    const peer = f.peers.get(pin);
    f.peers.delete(pin);
    await server.reload();
    if (peer) f.peers.set(pin, peer);
    await assert.rejects(pinned.call(echo, { body }), TransportError);
    await assert.rejects(pinned.call(echo, { body }), transport('unreachable', false));
    await assert.rejects(pinned.exporter(), transport('unreachable', false));
    await f.client('kiosk', port).call(echo, { body });
    await pinned.close();
  });
});

describe('closing', () => {
  test('finishes what is under way, takes nothing new, and is not held up by a connection that is kept alive', async () => {
    let finish: () => void = () => undefined;
    let begun: () => void = () => undefined;
    const hasBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const slow = async ({ body }: Call<Note>) => {
      if (body.text === 'slow') {
        begun();
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
      }
      return body;
    };
    const server = f.server().on(echo, slow);
    const { port } = await server.listen(listen);
    const idle = f.client('kiosk', port);
    await idle.call(echo, { body });
    const client = f.client('kiosk', port);
    const underWay = client.call(echo, { body: { text: 'slow' } });
    await hasBegun;
    const closed = server.close();
    await assert.rejects(idle.call(echo, { body }));
    finish();
    assert.deepEqual(await underWay, { text: 'slow' });
    await closed;
  });
});

test('a client follows renewed files', async () => {
  const { port } = await f.server().on(echo, echoing).listen(listen);
  const client = f.client('kiosk', port);
  await client.call(echo, { body });
  const old = f.pki.peer('kiosk').pin;
  const renewed = await f.pki.issue('kiosk');
  f.peers.delete(old);
  f.peers.set(renewed.pin, { kind: 'kiosk', id: 'kiosk-1' });
  await assert.rejects(client.call(echo, { body }), { code: 'PEER_NOT_ALLOWED' });
  assert.equal(await client.reload(), 'reloaded');
  await client.call(echo, { body });
});

test('postBytes gives bytes for bytes, and a timeout when nothing comes', async () => {
  const server = createTcpServer((socket) => {
    socket.once('data', (data) => {
      if (data.includes('quiet')) return;
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 3\r\nconnection: close\r\n\r\n\x01\x02\x03');
    });
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const post = (path: string, timeoutMs: number) =>
    postBytes(`http://127.0.0.1:${port}/${path}`, new Uint8Array([9]), 'application/ocsp-request', { timeoutMs });
  assert.deepEqual(await post('ocsp', 5_000), new Uint8Array([1, 2, 3]));
  await assert.rejects(post('quiet', 50), transport('timeout', 'unknown'));
  server.close();
});
