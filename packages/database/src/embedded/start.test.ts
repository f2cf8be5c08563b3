import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, test } from 'vitest';
import { DatabaseUnavailable } from '../database-errors.ts';
import { ensureDatabase } from '../ensure-database.ts';
import { openDatabase } from '../open-database.ts';
import type { Database } from '../sql.ts';
import { isRunning, stopPostmaster, waitUntil } from './postmaster.ts';
import { type EmbeddedPostgres, type EmbeddedPostgresOptions, startEmbeddedPostgres } from './start.ts';

let base: string;
/** One data folder for the whole file: making one takes a second, starting on it a tenth. */
let dir: string;
let started: EmbeddedPostgres[];
let opened: Database[];
beforeAll(() => {
  base = mkdtempSync(path.join(os.tmpdir(), 'machikado-embedded-'));
  // mkdtemp makes 0700; the folder of a clone is open.
  chmodSync(base, 0o755);
  dir = path.join(base, 'postgres');
});
afterAll(() => rmSync(base, { recursive: true }));
beforeEach(() => {
  started = [];
  opened = [];
});
afterEach(async () => {
  for (const db of opened) await db.close();
  for (const server of started) await server.stop();
});

async function start(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dir, ...options });
  started.push(server);
  return server;
}

function open(url: string): Database {
  const db = openDatabase(url);
  opened.push(db);
  return db;
}

test('starts durable, on loopback, with UTF-8 and an order of rows that no machine changes; starts again on the same data', async () => {
  const first = await start();
  const db = open(first.adminUrl);
  const setting = async (name: string) => (await db.one<Record<string, string>>(`show ${name}`))[name];
  assert.deepEqual(
    [await setting('fsync'), await setting('listen_addresses'), await setting('server_encoding')],
    ['on', '127.0.0.1', 'UTF8'],
  );
  const { provider, locale } = await db.one<{ provider: string; locale: string }>(
    "select datlocprovider as provider, to_jsonb(d)->>'datlocale' as locale from pg_database d where datname = 'postgres'",
  );
  assert.deepEqual([provider, locale], ['b', 'C.UTF-8']);
  await db.run('create table kept (x int)');
  await first.stop();
  assert.equal(isRunning(first.pid), false);
  const second = await start();
  await open(second.adminUrl).query('select * from kept');
});

test('is stopped when its process is gone, not when its pid file is', async () => {
  const server = await start({ durability: 'none-for-tests' });
  rmSync(path.join(dir, 'data/postmaster.pid'));
  await server.stop();
  assert.equal(isRunning(server.pid), false);
});

test('stops nobody else who has its number by now', async () => {
  const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  const { pid } = stranger;
  assert.ok(pid);
  await once(stranger, 'spawn');
  await stopPostmaster(pid);
  assert.equal(isRunning(pid), true);
  stranger.kill('SIGKILL');
  await once(stranger, 'exit');
});

test('asks for the password on loopback too, and keeps it in a file of its own', async () => {
  const server = await start({ durability: 'none-for-tests' });
  const url = new URL(server.adminUrl);
  url.password = 'wrong';
  await assert.rejects(open(url.href).query('select 1'), /password authentication failed/);
});

test('the log of the server holds no values', async () => {
  const db = open((await start({ durability: 'none-for-tests' })).adminUrl);
  await db.run('create table person (name text primary key)');
  await db.run("insert into person values ('canary')");
  await assert.rejects(db.run("insert into person values ('canary')"));
  await assert.rejects(db.run('select $1::int', ['canary']));
  await assert.rejects(db.run("select nonsense from person where name = 'canary'"));
  const log = readFileSync(path.join(dir, 'log'), 'utf8');
  assert.match(log, /duplicate key/);
  assert.doesNotMatch(log.replace(/invalid input syntax for type integer: "canary"/, ''), /canary/);
});

describe('a server that outlived its program', () => {
  test('is used on by the next start', async () => {
    const orphan = await start({ durability: 'none-for-tests' });
    const next = await start({ durability: 'none-for-tests' });
    assert.deepEqual([next.pid, next.port], [orphan.pid, orphan.port]);
  });

  test('is stopped first when another durability is asked for', async () => {
    const orphan = await start({ durability: 'none-for-tests' });
    const next = await start();
    assert.notEqual(next.pid, orphan.pid);
    assert.deepEqual(await open(next.adminUrl).query('show fsync'), [{ fsync: 'on' }]);
  });

  test('a pid file whose process is somebody else stops nothing', async () => {
    const first = await start({ durability: 'none-for-tests' });
    const pidFile = path.join(dir, 'data/postmaster.pid');
    const lines = readFileSync(pidFile, 'utf8');
    await first.stop();
    writeFileSync(pidFile, lines.replace(String(first.pid), String(process.pid)));
    const next = await start({ durability: 'none-for-tests' });
    assert.notEqual(next.pid, process.pid);
    assert.equal(isRunning(process.pid), true);
  });
});

test('two starts at once on a new folder end with one server', async () => {
  const fresh = { dir: path.join(base, 'fresh'), durability: 'none-for-tests' } as const;
  const [a, b] = await Promise.all([start(fresh), start(fresh)]);
  assert.deepEqual([a?.pid, a?.port], [b?.pid, b?.port]);
});

test('after kill -9 of everything: calls fail as DatabaseUnavailable, what was committed stands, and the same pool recovers', async () => {
  const first = await start();
  const db = open(first.adminUrl);
  await db.run('create table ledger (x int)');
  await db.transaction((tx) => tx.run('insert into ledger values (1)'));
  const underWay = db.transaction(async (tx) => {
    await tx.run('insert into ledger values (2)');
    process.kill(first.pid, 'SIGKILL');
    await waitUntil(() => !isRunning(first.pid), 60_000);
    await tx.run('insert into ledger values (3)');
    await tx.query('select pg_sleep(2)');
  });
  await assert.rejects(underWay, DatabaseUnavailable);
  await assert.rejects(db.query('select 1'), DatabaseUnavailable);
  await start({ port: first.port });
  assert.deepEqual(await db.query('select x from ledger'), [{ x: 1 }]);
});

test('databases and roles are made once, also by two starts at once; the app role cannot reach another service', async () => {
  const { adminUrl } = await start({ durability: 'none-for-tests' });
  const make = (database: string) =>
    ensureDatabase(adminUrl, { database, ownerPassword: 'o:/@?#', appPassword: "a'b" });
  const [center, again] = await Promise.all([make('center'), make('center')]);
  const issuer = await make('issuer');
  assert.deepEqual(center, again);
  await open(center.ownerUrl).run('create table t (x int)');
  const app = open(center.appUrl);
  await assert.rejects(app.query('select * from t'), /permission denied/);
  await assert.rejects(app.run('create table u (x int)'), /permission denied/);
  const astray = new URL(center.appUrl);
  astray.pathname = new URL(issuer.appUrl).pathname;
  await assert.rejects(open(astray.href).query('select 1'), /permission denied for database/);
});

test('a port that is taken is a clear error', async () => {
  const taken = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const address = taken.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  await assert.rejects(start({ port, durability: 'none-for-tests' }), new RegExp(`did not start on port ${port}`));
  taken.close();
});
