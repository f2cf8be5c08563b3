/** What the card wire refuses: strangers, silence, and a card that speaks unasked. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { CardTransportError, createCardFrames, toCardFrame } from '@machikado/card';
import { connectCard } from '@machikado/simulators';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { slowCard, testCard } from '../testing/test-card.ts';
import { type WiredCardReader, wiredCardReader } from './wired-card-reader.ts';

const ATR = Buffer.from('3be000ff8131fe4514', 'hex');
const COMMAND = Uint8Array.of(0, 0xb0, 0, 0, 4);
const ever = new AbortController().signal;

let reader: WiredCardReader;
beforeEach(async () => {
  reader = await wiredCardReader({ port: 0, answerMs: 500 });
});
afterEach(() => reader.close());

/** Whatever is asked, in this order it is answered; the last answer is given again and again. */
function stranger(...answers: Uint8Array[]) {
  const socket = connect(reader.port, '127.0.0.1').on('error', () => {});
  const frames = createCardFrames();
  socket.on('data', (chunk) => {
    for (const message of frames(chunk)) {
      if (message.length === 1 && message[0] !== 4) continue;
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (answer) socket.write(answer);
    }
  });
  return socket;
}

test.each([
  ['an empty answer', toCardFrame(Uint8Array.of())],
  ['an answer that no card begins with', toCardFrame(Buffer.from('no card'))],
  ['an ATR that is too long', toCardFrame(Buffer.concat([ATR, Buffer.alloc(25)]))],
  ['the greeting of another protocol', Buffer.from('SSH-2.0-OpenSSH_9.2\r\n')],
  ['an ATR and something behind it', Buffer.concat([toCardFrame(ATR), Buffer.from('GET / HTTP/1.1\r\n\r\n')])],
])('turns away whoever answers the question for the ATR with %s', async (_, answer) => {
  await once(stranger(answer), 'close');
  assert.equal(reader.cards(), 'none');
});

test('turns away whoever says nothing at all', async () => {
  await once(connect(reader.port, '127.0.0.1').resume(), 'close');
  assert.equal(reader.cards(), 'none');
});

test('survives any bytes, and takes the next card', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 80 }), async (bytes) => {
      const socket = connect(reader.port, '127.0.0.1')
        .on('error', () => {})
        .resume();
      socket.end(bytes);
      await once(socket, 'close');
    }),
    { numRuns: 60, seed: 20260601 },
  );
  const lying = connectCard(testCard(), { port: reader.port });
  const card = await reader.waitForCard(ever);
  assert.equal(Buffer.from(await card.transmit(Buffer.from('00a4040c02d392', 'hex'))).toString('hex'), '9000');
  await lying.takeAway();
});

test('ends the connection of a card that speaks unasked', async () => {
  const socket = stranger(toCardFrame(ATR));
  await reader.waitForCard(ever);
  socket.write(toCardFrame(Uint8Array.of(0x90, 0)));
  await reader.waitForRemoval(ever);
  assert.ok(socket.closed || (await once(socket, 'close')));
});

test('a chip that thinks too long is gone, so that a late answer is nobody’s', async () => {
  const lying = connectCard(slowCard(), { port: reader.port, retryMs: 60_000 });
  const card = await reader.waitForCard(ever);
  await assert.rejects(card.transmit(COMMAND), CardTransportError);
  assert.equal(reader.cards(), 'none');
  await lying.takeAway();
});

test('listens on the loopback interface only', async () => {
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((address) => address && !address.internal && address.family === 'IPv4');
  if (!outside) return;
  const socket = connect(reader.port, outside.address);
  const [error] = await once(socket, 'error');
  expect(error.code).toBe('ECONNREFUSED');
});

test('finds a card again that lay there while the reader had no power', async () => {
  const { port } = reader;
  const lying = connectCard(testCard(), { port, retryMs: 5 });
  await reader.waitForCard(ever);
  await reader.close();
  reader = await wiredCardReader({ port, answerMs: 500 });
  await reader.waitForCard(ever);
  await lying.takeAway();
  await reader.waitForRemoval(ever);
});

test('says when its port is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  await assert.rejects(wiredCardReader({ port: (other.address() as AddressInfo).port }), { code: 'EADDRINUSE' });
  other.close();
});
