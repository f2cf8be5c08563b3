import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { buildOcspRequest, parseAnchor, verifyOcspResponse } from '@machikado/pki';
import { afterAll, expect, test } from 'vitest';
import { createAdminClient } from './admin-client.ts';
import { quickOrder } from './test-support.ts';

const dir = mkdtempSync(join(tmpdir(), 'jpki-main-'));
const main = fileURLToPath(new URL('./main.ts', import.meta.url));
let running: ChildProcess | undefined;
afterAll(() => {
  running?.kill('SIGKILL');
  rmSync(dir, { recursive: true, force: true });
});

async function start() {
  const child = spawn(process.execPath, ['--import', 'tsx', main, '--dir', dir, '--signer', 'p256'], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  running = child;
  if (!child.stdout) throw new Error('nobody can hear it');
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const { ocspUrl, adminUrl } = JSON.parse(line);
  return { child, ocspUrl: ocspUrl as string, client: createAdminClient(adminUrl) };
}

test('as a process: tells where it listens, knows every card again after kill -9, and ends with the process that started it', async () => {
  const first = await start();
  const card = await first.client.issueCard(quickOrder);
  await first.client.revoke(card.auth, 'keyCompromise');
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');

  const second = await start();
  const { auth } = await second.client.anchors();
  const anchor = parseAnchor(new Uint8Array(Buffer.from(auth[2] as string, 'base64')));
  const nonce = new Uint8Array(32).fill(1);
  const response = await fetch(second.ocspUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/ocsp-request' },
    body: Buffer.from(buildOcspRequest({ anchor, serial: card.auth.serial, hash: 'sha256', nonce })),
  });
  const answer = new Uint8Array(await response.arrayBuffer());
  const expected = { anchor, serial: card.auth.serial, nonce, now: new Date(), maxAgeMs: 60_000, skewMs: 5_000 };
  expect(verifyOcspResponse(answer, expected)).toMatchObject({ status: 'revoked', reason: 1 });

  second.child.disconnect();
  const [code] = await once(second.child, 'exit');
  expect(code).toBe(0);
});
