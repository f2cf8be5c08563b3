import { request } from 'node:http';
import { buildOcspRequest, parseAnchor, verifyOcspResponse } from '@machikado/pki';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Listener } from './http-listener.ts';
import { startResponder } from './ocsp-http.ts';
import { createOcspResponder } from './ocsp-responder.ts';
import { freshJpki, now, quickOrder } from './test-support.ts';

let responder: Listener;
let question: Uint8Array;
let read: (answer: Uint8Array) => unknown;

beforeAll(async () => {
  const jpki = await freshJpki();
  const { auth } = await jpki.issueCard(quickOrder);
  const anchor = parseAnchor(jpki.anchors('auth')[2] as Uint8Array);
  const nonce = new Uint8Array(16).fill(0xfb);
  question = buildOcspRequest({ anchor, serial: auth.serial, hash: 'sha1', nonce });
  read = (answer) => verifyOcspResponse(answer, { anchor, serial: auth.serial, nonce, now, maxAgeMs: 1000, skewMs: 0 });
  responder = await startResponder(createOcspResponder(jpki, { signer: 'p256', now: () => now }));
});
afterAll(() => responder.close());

const post = (body: string | Uint8Array, type = 'application/ocsp-request', path = '') =>
  fetch(`${responder.url}${path}`, { method: 'POST', body: Buffer.from(body), headers: { 'content-type': type } });
const answerIn = async (response: Response) => new Uint8Array(await response.arrayBuffer());

test('answers POST', async () => {
  const response = await post(question);
  expect(response.headers.get('content-type')).toBe('application/ocsp-response');
  expect(read(await answerIn(response))).toEqual({ status: 'good' });
});

test('answers GET, with the base64 escaped and as it is', async () => {
  const base64 = Buffer.from(question).toString('base64');
  for (const path of [encodeURIComponent(base64), base64]) {
    expect(read(await answerIn(await fetch(`${responder.url}/${path}`)))).toEqual({ status: 'good' });
  }
});

test.each([
  ['another path', () => post('', undefined, 'x'), 404],
  ['another method', () => fetch(responder.url, { method: 'PUT' }), 405],
  ['another media type', () => post('x', 'text/plain'), 415],
  ['a body that is too long', () => post('x'.repeat(4097)), 413],
  ['a broken escape', () => fetch(`${responder.url}/%ff`), 400],
] as const)('refuses %s with HTTP %3$i', async (_, ask, status) => {
  expect((await ask()).status).toBe(status);
});

test('goes on after a client that hangs up in the middle of its question', async () => {
  await new Promise<void>((resolve) => {
    const half = request(responder.url, { method: 'POST', headers: { 'content-length': 100 } });
    half.on('error', () => resolve());
    half.write('half', () => half.destroy(new Error('gone')));
  });
  expect(read(await answerIn(await post(question)))).toEqual({ status: 'good' });
});
