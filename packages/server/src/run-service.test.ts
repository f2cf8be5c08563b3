import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, test, vi } from 'vitest';

const program = fileURLToPath(new URL('./testing/tiny-service.ts', import.meta.url));
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'machikado-service-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

interface Ended {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

interface Run {
  readonly child: ChildProcess;
  readonly listening: Promise<number>;
  readonly ended: Promise<Ended>;
  /** Resolves when a line of this event is there. */
  said(event: string): Promise<void>;
}

function run(config: unknown): Run {
  const file = path.join(dir, 'center.json');
  writeFileSync(file, JSON.stringify(config));
  const child = fork(program, ['--config', file], { execArgv: ['--import', 'tsx'], silent: true });
  let out = '';
  let err = '';
  child.stdout?.on('data', (data) => {
    out += data;
  });
  child.stderr?.on('data', (data) => {
    err += data;
  });
  const listening = new Promise<number>((resolve) => {
    child.once('message', (message: { listening: number }) => resolve(message.listening));
  });
  // Not 'close': it never comes after a disconnect by hand.
  const streams = [child.stdout, child.stderr].map((stream) => stream && once(stream, 'end'));
  const ended = Promise.all([once(child, 'exit'), ...streams]).then(([[exit]]) => ({ exit, out, err }));
  const said = (event: string) =>
    vi.waitFor(() => assert.match(out, new RegExp(`"event":"${event}"`)), { timeout: 10_000 });
  return { child, listening, ended, said };
}

function linesIn(out: string): Record<string, unknown>[] {
  return out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

test('says when it listens, answers health, and ends with 0 on SIGTERM although a connection is kept alive', async () => {
  const { child, listening, ended } = run({ port: 0 });
  const health = await fetch(`http://127.0.0.1:${await listening}/healthz`);
  assert.deepEqual([health.status, await health.json()], [200, { service: 'center', ok: true }]);
  child.kill('SIGTERM');
  const { exit, out } = await ended;
  assert.equal(exit, 0);
  assert.deepEqual(
    linesIn(out).map(({ event }) => event),
    ['listening', 'closing'],
  );
});

test('an alarm says that SIGHUP changes nothing, where a service reads its settings at the start alone', async () => {
  const { child, listening, said, ended } = run({ port: 0 });
  await listening;
  child.kill('SIGHUP');
  await said('reload-not-supported');
  child.kill('SIGTERM');
  const { exit, out } = await ended;
  assert.equal(exit, 0);
  const { level, detail } = linesIn(out).find(({ event }) => event === 'reload-not-supported') ?? {};
  assert.deepEqual([level, detail], ['error', 'restart to take over settings']);
});

test('ends in order when the process that started it is gone', async () => {
  const { child, listening, ended } = run({ port: 0 });
  await listening;
  child.disconnect();
  assert.equal((await ended).exit, 0);
});

test('a wrong configuration ends with 1 and names the key', async () => {
  const { exit, err } = await run({ port: 0, prot: 1 }).ended;
  assert.equal(exit, 1);
  assert.match(err, /\/prot is not a setting/);
});

test('a failure to start ends with 1 and quotes nothing', async () => {
  const { exit, out, err } = await run({ port: 0, brittle: true }).ended;
  assert.equal(exit, 1);
  assert.match(out, /"event":"not-started".*"errorName":"Error"/);
  assert.doesNotMatch(out + err, /canary/);
});
