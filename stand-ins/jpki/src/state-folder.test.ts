import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestJpki } from './state-folder.ts';
import type { IssuedCard, TestJpki } from './test-jpki.ts';
import { now, quickOrder } from './test-support.ts';

const dir = mkdtempSync(join(tmpdir(), 'jpki-'));
const open = () => openTestJpki(dir, () => now);
let first: TestJpki;
let [good, revoked]: IssuedCard[] = [];

beforeAll(async () => {
  // What a process that died while making the CA leaves behind must not become part of it.
  mkdirSync(join(dir, 'ca.half'));
  writeFileSync(join(dir, 'ca.half', 'auth-1.cert.pem'), 'half');
  first = await open();
  [good, revoked] = await Promise.all([first.issueCard(quickOrder), first.issueCard(quickOrder)]);
  first.revoke((revoked as IssuedCard).auth, 'keyCompromise');
});
afterAll(() => rmSync(dir, { recursive: true }));

test('after a restart it is the same CA with the same register', async () => {
  const second = await open();
  expect(second.anchors('auth')).toEqual(first.anchors('auth'));
  expect(second.statusOf((good as IssuedCard).auth)).toEqual({ status: 'good' });
  expect(second.statusOf((revoked as IssuedCard).auth)).toEqual({ status: 'revoked', at: now, reason: 1 });
  // Its keys are still those of its certs.
  const third = await second.issueCard(quickOrder);
  expect(third.file.auth?.caCert).toBe((good as IssuedCard).file.auth?.caCert);
});

test('a line that was cut off by a crash never counted, and does not spoil the next', async () => {
  const file = join(dir, 'register.jsonl');
  const before = readFileSync(file, 'utf8');
  appendFileSync(file, '{"fact":"revoked","cert":{"anch');
  const again = await open();
  expect(again.statusOf((good as IssuedCard).auth)).toEqual({ status: 'good' });
  again.revoke((good as IssuedCard).auth, 'superseded');
  expect(readFileSync(file, 'utf8').startsWith(`${before}{"fact":"revoked"`)).toBe(true);
  expect((await open()).statusOf((good as IssuedCard).auth)).toMatchObject({ status: 'revoked', reason: 4 });
});

test('keys are readable by their owner only', () => {
  expect(statSync(join(dir, 'ca', 'auth-3.key.pem')).mode & 0o077).toBe(0);
  expect(statSync(join(dir, 'ca')).mode & 0o077).toBe(0);
});
