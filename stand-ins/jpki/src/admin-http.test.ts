import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAdminClient } from './admin-client.ts';
import { startAdmin } from './admin-http.ts';
import type { Listener } from './http-listener.ts';
import type { TestJpki } from './test-jpki.ts';
import { freshJpki, now, quickOrder } from './test-support.ts';

let jpki: TestJpki;
let admin: Listener;
beforeAll(async () => {
  jpki = await freshJpki();
  admin = await startAdmin(jpki);
});
afterAll(() => admin.close());

test('issues, renews and revokes cards while running', async () => {
  const client = createAdminClient(admin.url);
  const card = await client.issueCard(quickOrder);
  expect(card.file.format).toBe('machikado-card/1');
  const next = await client.renewCard([card.auth], quickOrder);
  expect(jpki.statusOf(card.auth)).toMatchObject({ status: 'revoked', reason: 4 });
  expect(await client.revoke(next.auth, 'certificateHold')).toEqual({
    status: 'revoked',
    at: now.toISOString(),
    reason: 6,
  });
});

test('shows the roots to pin', async () => {
  const { auth, signature } = await createAdminClient(admin.url).anchors();
  expect(auth.map((text) => new Uint8Array(Buffer.from(text, 'base64')))).toEqual(jpki.anchors('auth'));
  expect(signature).toHaveLength(3);
});

const send = (path: string, body: unknown, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
  fetch(`${admin.url}/admin/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
const unknown = { anchorFingerprint: '00'.repeat(32), serial: '01' };

test.each([
  ['an unknown member', 'cards', { ...quickOrder, name: 'x' }, 400],
  ['a PIN of five digits', 'cards', { ...quickOrder, pin: '12345' }, 400],
  ['a body that is no JSON object', 'cards', 'x', 400],
  ['an unknown reason', 'revocations', { cert: unknown, reason: 'bored' }, 400],
  ['an unknown cert to revoke', 'revocations', { cert: unknown, reason: 'keyCompromise' }, 404],
  ['an unknown cert to renew', 'renewals', { certs: [unknown], card: quickOrder }, 404],
  ['an unknown path', 'everything', {}, 404],
  ['too much', 'cards', 'x'.repeat(17_000), 413],
])('refuses %s', async (_, path, body, status) => {
  expect((await send(path, body)).status).toBe(status);
});

test('takes nothing that a web page could send: no form, no other host name', async () => {
  expect((await send('cards', quickOrder, { 'content-type': 'text/plain' })).status).toBe(415);
  const status = await new Promise((resolve, reject) => {
    const asked = request(`${admin.url}/admin/anchors`, { headers: { host: 'evil.example' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on('error', reject).end();
  });
  expect(status).toBe(403);
});

test('listens on loopback only', () => {
  expect(new URL(admin.url).hostname).toBe('127.0.0.1');
});
