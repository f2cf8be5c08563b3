import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, test } from 'vitest';
import { DeviceFault } from './device-fault.ts';
import { type ServedDevice, serveDevice } from './device-wire.ts';

describe('device wire, at the device', () => {
  let done: string[];
  let gate: Promise<void>;
  let device: ServedDevice;
  let sockets: Socket[];
  let there: boolean[];

  beforeEach(async () => {
    done = [];
    sockets = [];
    const seen: boolean[] = [];
    there = seen;
    gate = Promise.resolve();
    const methods = {
      add: async (a: unknown, b: unknown) => Number(a) + Number(b),
      jam: async () => {
        throw new DeviceFault('jam');
      },
      slow: async (name: unknown) => {
        done.push(`${name} begun`);
        await gate;
        done.push(String(name));
      },
    };
    device = await serveDevice(0, methods, (is) => seen.push(is));
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await device.close();
  });

  async function agent() {
    const socket = connect(device.port, '127.0.0.1');
    sockets.push(socket);
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    const line = async (n: number) => {
      while (text.split('\n').length <= n) await once(socket, 'data');
      return JSON.parse(text.split('\n')[n - 1] ?? '');
    };
    const closed = () =>
      new Promise((resolve) => (socket.destroyed ? resolve(undefined) : socket.once('close', resolve)));
    return { socket, line, closed };
  }

  test('answers each question under its own number, also when it comes in pieces', async () => {
    const { socket, line } = await agent();
    socket.write('{"id":1,"do":"add","wi');
    socket.write('th":[200,100]}\n{"id":2,"do":"jam","with":[]}\n{"id":3,"do":"toString","with":[]}\n');
    assert.deepEqual(await line(1), { id: 1, ok: 300 });
    assert.deepEqual(await line(2), { id: 2, fault: 'jam' });
    assert.deepEqual(await line(3), { id: 3, fault: 'unknown' });
  });

  test('does nothing for half a line', async () => {
    const { socket, closed } = await agent();
    socket.end('{"id":1,"do":"slow","with":["half"]}');
    await closed();
    assert.deepEqual(done, []);
  });

  test.each(['nonsense\n', '{"id":1}\n', `${'x'.repeat(70_000)}`])('hangs up on nonsense', async (text) => {
    const { socket, closed } = await agent();
    socket.write(text);
    await closed();
  });

  test('a second agent takes the place of the first, hears nothing before the act under way has ended, and what else was asked is not done', async () => {
    let open = () => {};
    gate = new Promise((resolve) => {
      open = resolve;
    });
    const first = await agent();
    first.socket.write('{"id":1,"do":"slow","with":["under way"]}\n{"id":2,"do":"slow","with":["never"]}\n');
    while (done.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const second = await agent();
    await first.closed();
    second.socket.write('{"id":1,"do":"slow","with":["after"]}\n');
    open();
    assert.deepEqual(await second.line(1), { id: 1, ok: null });
    assert.deepEqual(done, ['under way begun', 'under way', 'after begun', 'after']);
  });

  test('tells its agent what happened, and knows whether one is there', async () => {
    device.tell({ event: 'status', status: 'jam' });
    const { socket, line } = await agent();
    socket.write('{"id":1,"do":"add","with":[1,1]}\n');
    await line(1);
    device.tell({ event: 'deposit', depositYen: 300 });
    assert.deepEqual(await line(2), { event: 'deposit', depositYen: 300 });
    socket.destroy();
    while (there.length < 2) await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(there, [true, false]);
  });
});
