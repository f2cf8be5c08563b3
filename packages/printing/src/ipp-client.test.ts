import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { issueServicePki } from '@machikado/testkit';
import { afterEach, describe, test } from 'vitest';
import { decodeIpp } from './decode-ipp.ts';
import { encodeIpp } from './encode-ipp.ts';
import { type IppClient, type IppClientOptions, openIppClient } from './ipp-client.ts';
import { type Status, statuses } from './ipp-codes.ts';
import type { IppGroup, IppMessage } from './ipp-message.ts';
import { groupTyped, readTyped, tables } from './typed-attributes.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

function clientOf(url: string, options: { timeoutMs?: number; ca?: string | undefined } = {}): IppClient {
  const client = openIppClient(url, { timeoutMs: 2_000, user: 'kiosk', ...options } as IppClientOptions);
  closing.push(() => client.close());
  return client;
}

async function requestOf(request: IncomingMessage): Promise<IppMessage> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return decodeIpp(Buffer.concat(chunks));
}

const replied = (request: IppMessage, status: Status, groups: readonly IppGroup[] = []) =>
  encodeIpp({
    version: [1, 1],
    code: statuses[status],
    requestId: request.requestId,
    groups: [
      groupTyped('operation', tables.operation, { 'attributes-charset': 'utf-8', 'attributes-natural-language': 'en' }),
      ...groups,
    ],
    data: new Uint8Array(),
  });

/** A printer that answers every request with this. */
const answering =
  (answer: (request: IppMessage) => Uint8Array, seen: IppMessage[] = []): RequestListener =>
  async (request, response) => {
    const asked = await requestOf(request);
    seen.push(asked);
    response.writeHead(200, { 'content-type': 'application/ipp' }).end(answer(asked));
  };

const order = {
  name: 'one sheet',
  format: 'application/pdf',
  template: { 'page-ranges': [[1, 2]], sides: 'two-sided-long-edge' },
  fidelity: true,
} as const;

describe('IPP client', () => {
  test('sends a job with its document, and says what the printer passed over', async () => {
    const seen: IppMessage[] = [];
    const server = answering(
      (asked) =>
        replied(asked, 'successful-ok-ignored-or-substituted-attributes', [
          { tag: 'unsupported', attributes: [{ name: 'sides', values: [{ tag: 'unsupported' }] }] },
          groupTyped('job', tables.job, { 'job-id': 7, 'job-state': 'pending' }),
        ]),
      seen,
    );
    const client = clientOf(`ipp://127.0.0.1:${await listen(createServer(server))}/ipp/print`);
    const reply = await client.printJob(order, Buffer.from('%PDF-'));
    assert.deepEqual(reply, {
      ok: true,
      status: 'successful-ok-ignored-or-substituted-attributes',
      ignored: ['sides'],
      value: { 'job-id': 7, 'job-state': 'pending' },
    });
    const [asked] = seen;
    assert.ok(asked);
    assert.equal(Buffer.from(asked.data).toString(), '%PDF-');
    assert.deepEqual(
      asked.groups.map(({ tag }) => tag),
      ['operation', 'job'],
    );
    assert.deepEqual(readTyped(tables.template, asked.groups[1]?.attributes ?? []), order.template);
    assert.deepEqual(
      asked.groups[0]?.attributes.slice(0, 3).map(({ name }) => name),
      ['attributes-charset', 'attributes-natural-language', 'printer-uri'],
    );
  });

  test('a refusal is an answer', async () => {
    const server = answering((asked) => replied(asked, 'client-error-not-found'));
    const client = clientOf(`ipp://127.0.0.1:${await listen(createServer(server))}/`);
    assert.deepEqual(await client.jobAttributes(9, ['job-state']), { ok: false, status: 'client-error-not-found' });
  });

  test('an attribute of another syntax is no answer', async () => {
    const server = answering((asked) =>
      replied(asked, 'successful-ok', [
        { tag: 'job', attributes: [{ name: 'job-state', values: [{ tag: 'keyword', value: 'completed' }] }] },
      ]),
    );
    const client = clientOf(`ipp://127.0.0.1:${await listen(createServer(server))}/`);
    await assert.rejects(client.jobAttributes(9, ['job-state']), { name: 'IppFormatError', code: 'wrong-syntax' });
  });

  test('the answer to another request is no answer', async () => {
    const server = answering((asked) => replied({ ...asked, requestId: asked.requestId + 1 }, 'successful-ok'));
    const client = clientOf(`ipp://127.0.0.1:${await listen(createServer(server))}/`);
    await assert.rejects(client.cancelJob(1), { name: 'IppFormatError' });
  });

  const silences: readonly [string, RequestListener, string][] = [
    ['no answer in time', () => {}, 'timeout'],
    ['half an answer', (_, r) => r.writeHead(200, { 'content-type': 'application/ipp' }).write('\x01'), 'timeout'],
    ['a connection that breaks', (request) => request.socket.destroy(), 'connection'],
    ['another status', (_, response) => response.writeHead(426).end(), 'http-status'],
    ['a web page', (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('hello'), 'no-ipp'],
    [
      'an answer without end',
      (_, response) => response.writeHead(200, { 'content-type': 'application/ipp' }).end(Buffer.alloc(5_000_000)),
      'too-large',
    ],
  ];
  test.each(silences)('%s', async (_, listener, reason) => {
    const client = clientOf(`ipp://127.0.0.1:${await listen(createServer(listener))}/`, { timeoutMs: 300 });
    await assert.rejects(client.printJob(order, new Uint8Array(9)), { name: 'IppUnreachable', reason });
  });

  test('looks again when a kept connection died, and never sends a job twice', async () => {
    let dying = false;
    let jobs = 0;
    const server = createServer((request, response) => {
      if (dying) {
        dying = false;
        request.socket.destroy();
        return;
      }
      void requestOf(request).then((asked) => {
        if (asked.code === 2) {
          jobs += 1;
          request.socket.destroy();
          return;
        }
        response.writeHead(200, { 'content-type': 'application/ipp' }).end(replied(asked, 'successful-ok'));
      });
    });
    const client = clientOf(`ipp://127.0.0.1:${await listen(server)}/`);
    assert.equal((await client.printerAttributes(['printer-state'])).ok, true);
    dying = true;
    assert.equal((await client.printerAttributes(['printer-state'])).ok, true);
    await assert.rejects(client.printJob(order, new Uint8Array(9)), { reason: 'connection' });
    assert.equal(jobs, 1);
  });

  test('speaks TLS, and only to a printer whose cert it can check', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'ipps-'));
    closing.push(() => rmSync(dir, { recursive: true }));
    const { keyFile, certFile, caFile } = (await issueServicePki(dir, ['printer'])).peer('printer');
    const [key, cert, ca] = [keyFile, certFile, caFile].map((file) => readFileSync(file, 'utf8'));
    const server = createTlsServer(
      { key, cert },
      answering((asked) => replied(asked, 'successful-ok')),
    );
    const url = `ipps://localhost:${await listen(server)}/ipp/print`;
    assert.equal((await clientOf(url, { ca }).validateJob(order)).ok, true);
    await assert.rejects(clientOf(url).validateJob(order), { reason: 'connection' });
  });
});
