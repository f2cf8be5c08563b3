/**
 * The embedded default: a real PostgreSQL on loopback, from binaries that npm brought. Same SQL, same durability and the same
 * process model as in production; only the address differs.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findPostgresBinaries, type PostgresBinaries } from './binaries.ts';
import { type Cluster, ensureCluster } from './cluster.ts';
import { findPostmaster, isRunning, stopPostmaster } from './postmaster.ts';
import { withStartLock } from './start-lock.ts';
import { assertReachable, type Identity, makePassableFolder, reachableFolder, serverIdentity } from './unprivileged.ts';

export interface EmbeddedPostgres {
  /** Where its data lies; elsewhere than asked for when the server’s user cannot reach the folder. */
  readonly dir: string;
  /** Superuser; keep it away from the services. */
  readonly adminUrl: string;
  readonly pid: number;
  readonly port: number;
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  readonly dir: string;
  /** Default: any free one. */
  readonly port?: number;
  /** `none-for-tests` switches fsync off. */
  readonly durability?: 'full' | 'none-for-tests';
}

const START_MS = 30_000;
const ATTEMPTS = 4;
/** A port that was free a moment ago, or children of a killed server that are still going. */
const PASSING_TROUBLE =
  /Address (already )?in use|could not create any TCP\/IP sockets|is still in use|lock file "postmaster\.pid" already exists/;

export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const who = serverIdentity();
  const dir = reachableFolder(path.resolve(options.dir), who);
  const binaries = findPostgresBinaries(who);
  makePassableFolder(dir);
  if (who) {
    assertReachable('its binaries', binaries.postgres, who);
    assertReachable('its data', path.join(dir, 'data'), who);
  }
  return withStartLock(path.join(dir, 'starting'), async () => {
    const cluster = ensureCluster(dir, binaries, who);
    return (await takeOver(cluster, options)) ?? (await startAnew(dir, cluster, binaries, who, options));
  });
}

/** A server that outlived its program: used as it is when it is the one that was asked for, stopped otherwise. */
async function takeOver(cluster: Cluster, options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres | undefined> {
  const found = findPostmaster(cluster.dataDir);
  if (!found) return undefined;
  const fits =
    (options.port ?? found.port) === found.port &&
    (await waitForAnswer(adminUrl(cluster, found.port), () => isRunning(found.pid))) === durabilityOf(options);
  if (fits) return handle(cluster, found.pid, found.port);
  await stopPostmaster(found.pid);
  return undefined;
}

async function startAnew(
  dir: string,
  cluster: Cluster,
  binaries: PostgresBinaries,
  who: Identity | undefined,
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort());
    const logFile = path.join(dir, 'log');
    const child = spawnPostgres(binaries, cluster, port, durabilityOf(options), logFile, who);
    const answer = await waitForAnswer(
      adminUrl(cluster, port),
      () => child.exitCode === null && child.signalCode === null,
    );
    if (answer !== undefined && child.pid !== undefined) return handle(cluster, child.pid, port);
    const reason = readFileSync(logFile, 'utf8').trim();
    if (attempt === ATTEMPTS || !PASSING_TROUBLE.test(reason)) {
      throw new Error(`the embedded PostgreSQL did not start on port ${port}: ${reason}`);
    }
    await sleep(250 * attempt);
  }
}

function handle(cluster: Cluster, pid: number, port: number): EmbeddedPostgres {
  const dir = path.dirname(cluster.dataDir);
  return { adminUrl: adminUrl(cluster, port), pid, port, dir, stop: () => stopPostmaster(pid) };
}

function adminUrl({ password }: Cluster, port: number): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
}

function durabilityOf(options: EmbeddedPostgresOptions): 'on' | 'off' {
  return options.durability === 'none-for-tests' ? 'off' : 'on';
}

function spawnPostgres(
  binaries: PostgresBinaries,
  cluster: Cluster,
  port: number,
  fsync: 'on' | 'off',
  logFile: string,
  who: Identity | undefined,
): ChildProcess {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 200,
    timezone: 'UTC',
    fsync,
    synchronous_commit: fsync,
    full_page_writes: fsync,
    // Values of rows have no place in a log: no statements, no parameters, no DETAIL lines.
    log_min_error_statement: 'panic',
    log_parameter_max_length_on_error: 0,
    log_error_verbosity: 'terse',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // A file rather than a pipe: the server outlives a killed program and must not stumble over its log.
  const log = openSync(logFile, 'w', 0o600);
  const child = spawn(binaries.postgres, ['-D', cluster.dataDir, ...args], {
    ...who,
    cwd: path.dirname(cluster.dataDir),
    stdio: ['ignore', log, log],
    // Its own process group: Ctrl-C must reach the services first and the database last.
    detached: true,
  });
  closeSync(log);
  child.on('error', () => undefined);
  child.unref();
  return child;
}

/** The server’s fsync setting once it answers; undefined when it ended or said nothing for too long. */
async function waitForAnswer(url: string, isAlive: () => boolean): Promise<string | undefined> {
  for (const giveUpAt = performance.now() + START_MS; performance.now() < giveUpAt && isAlive(); ) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return (await client.query<{ fsync: string }>('show fsync')).rows[0]?.fsync;
    } catch {
      await sleep(30);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  return undefined;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
