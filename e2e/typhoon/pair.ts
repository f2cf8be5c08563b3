/**
 * 同期レプリケーション: Debian’s PostgreSQL 15 as a primary and a standby that confirms every COMMIT before anybody hears of it. The primary is
 * killed, the standby promoted.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { appendFileSync, chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '@machikado/database';
import { freePorts } from '@machikado/testkit';
import { until } from '../kill/until.ts';
import { type DatabaseServer, killServer } from './database-server.ts';
import { familyOf, signal } from './processes.ts';

export const POSTGRES_15 = '/usr/lib/postgresql/15/bin';
export const pairPrograms = ['postgres', 'initdb', 'pg_basebackup', 'pg_ctl'].map((name) => `${POSTGRES_15}/${name}`);

export interface Pair extends DatabaseServer {
  /** Where the standby listens. */
  readonly standbyPort: number;
  /** From now on the standby confirms nothing, so that no COMMIT is answered. */
  holdStandby(): void;
  letStandbyGo(): void;
  /** kill -9 of the primary; the standby goes on alone and takes writes. */
  failOver(): Promise<void>;
}

/** PostgreSQL does not run as root. */
const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
const HOST = '127.0.0.1';
const SETTINGS = `
listen_addresses = '${HOST}'
unix_socket_directories = ''
max_connections = 200
wal_level = replica
hot_standby = on
synchronous_commit = on
log_min_error_statement = panic
log_parameter_max_length_on_error = 0
log_error_verbosity = terse
`;

/** `names`: what must confirm, as in synchronous_standby_names. */
export async function openPair(dir: string, port: number, names = 'standby'): Promise<Pair> {
  const [standbyPort = 0] = await freePorts(1);
  mkdirSync(dir, { recursive: true });
  if (nobody.uid !== undefined) chownSync(dir, nobody.uid, nobody.gid);
  const primaryDir = join(dir, 'primary');
  const standbyDir = join(dir, 'standby');
  run(dir, 'initdb', '-D', primaryDir, '-U', 'postgres', '--auth=trust', '-E', 'UTF8', '--locale=C', '--no-sync');
  appendFileSync(join(primaryDir, 'postgresql.conf'), SETTINGS);
  const primary = await start(dir, primaryDir, port);
  const from = `host=${HOST} port=${port} user=postgres application_name=standby`;
  run(dir, 'pg_basebackup', '-D', standbyDir, '-d', from, '-R', '-X', 'stream', '-c', 'fast', '--no-sync');
  const standby = await start(dir, standbyDir, standbyPort);
  const adminUrl = `postgres://postgres@${HOST}:${port}/postgres`;
  await makeSynchronous(adminUrl, names);
  let leader = primary;
  return {
    adminUrl,
    ...{ port, standbyPort },
    pid: () => leader.pid ?? 0,
    revive: async () => {
      throw new Error('a dead primary stays dead');
    },
    holdStandby: () => signal(familyOf(standby.pid ?? 0), 'SIGSTOP'),
    letStandbyGo: () => signal(familyOf(standby.pid ?? 0), 'SIGCONT'),
    async failOver() {
      await killServer({ pid: () => primary.pid ?? 0 });
      signal(familyOf(standby.pid ?? 0), 'SIGCONT');
      run(dir, 'pg_ctl', 'promote', '-w', '-D', standbyDir);
      leader = standby;
    },
    async stop() {
      for (const server of [primary, standby]) await quit(server);
    },
  };
}

async function makeSynchronous(adminUrl: string, names: string): Promise<void> {
  const db = openDatabase(adminUrl, { max: 1 });
  try {
    await until('the standby streams', async () => {
      return (await db.query(`select 1 from pg_stat_replication where state = 'streaming'`)).length > 0;
    });
    await db.query(`alter system set synchronous_standby_names = '${names}'`);
    await db.query('select pg_reload_conf()');
    if (names === '') return;
    await until('the standby confirms', async () => {
      return (await db.query(`select 1 from pg_stat_replication where sync_state = 'sync'`)).length > 0;
    });
  } finally {
    await db.close();
  }
}

function run(cwd: string, program: string, ...args: string[]): void {
  const { status, stderr, error } = spawnSync(`${POSTGRES_15}/${program}`, args, { ...nobody, cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program}: ${stderr}`, { cause: error });
}

async function start(cwd: string, dataDir: string, port: number): Promise<ChildProcess> {
  const server = spawn(`${POSTGRES_15}/postgres`, ['-D', dataDir, '-p', `${port}`], {
    ...{ ...nobody, cwd, detached: true },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // Whatever ends this program: nobody else would end the server.
  const kill = () => server.kill('SIGQUIT');
  process.once('exit', kill);
  server.once('exit', () => process.off('exit', kill));
  await new Promise<void>((resolve, reject) => {
    let said = '';
    server.stderr?.on('data', (chunk) => {
      said = (said + chunk).slice(-10_000);
      if (/ready to accept (read-only )?connections/.test(said)) resolve();
    });
    server.once('exit', () => reject(new Error(said)));
  });
  return server;
}

function quit(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    server.once('exit', () => resolve());
    signal([server.pid ?? 0], 'SIGQUIT');
  });
}
