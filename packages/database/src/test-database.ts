/**
 * Databases for tests: one real server per test run, one migrated template per set of migrations, one copy of it per test
 * file. The test works as the app role, so that a missing GRANT fails here and not in production.
 */
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { waitUntil } from './embedded/postmaster.ts';
import { withStartLock } from './embedded/start-lock.ts';
import { ensureDatabase, urlFor, withAdmin } from './ensure-database.ts';
import { migrate, readMigrations } from './migrate.ts';
import { openDatabase } from './open-database.ts';
import type { Database } from './sql.ts';

export interface TestDatabase {
  /** As the app role. */
  readonly db: Database;
  readonly ownerDb: Database;
  readonly url: string;
  readonly ownerUrl: string;
  drop(): Promise<void>;
}

const PASSWORD = 'test-only';
const START_MS = 60_000;

/** `schemas`: migrate into each of these instead of `public`, one per municipality. */
export async function testDatabase(
  migrationsDir: URL,
  options: { readonly schemas?: readonly string[] } = {},
): Promise<TestDatabase> {
  const adminUrl = await testServer();
  const database = `t_${randomBytes(8).toString('hex')}`;
  // A template is copied only while nobody is connected to it, so making and copying take turns.
  const template = await withStartLock(`${testDir()}.template`, async () => {
    const name = await ensureTemplate(adminUrl, migrationsDir, options.schemas ?? ['public']);
    await withAdmin(adminUrl, (admin) =>
      admin.query(`create database ${database} owner ${name}_owner template ${name} strategy wal_log`),
    );
    return name;
  });
  const url = urlFor(adminUrl, database, `${template}_app`, PASSWORD);
  const ownerUrl = urlFor(adminUrl, database, `${template}_owner`, PASSWORD);
  const db = openDatabase(url);
  const ownerDb = openDatabase(ownerUrl, { max: 2 });
  return {
    ...{ db, ownerDb, url, ownerUrl },
    async drop() {
      await Promise.all([db.close(), ownerDb.close()]);
      await withAdmin(adminUrl, (admin) => admin.query(`drop database ${database} with (force)`));
    },
  };
}

/** Superuser URL of this run's server; the first who asks starts it. TEST_DATABASE_URL names another one, to test on PostgreSQL 15. */
async function testServer(): Promise<string> {
  if (process.env.TEST_DATABASE_URL) return process.env.TEST_DATABASE_URL;
  const dir = testDir();
  if (claimFolder(dir)) startHolder(dir);
  const urlFile = path.join(dir, 'url');
  if (!(await waitUntil(() => existsSync(urlFile), START_MS))) {
    throw new Error(`the test PostgreSQL did not start; see ${path.join(dir, 'holder.log')}`);
  }
  return readFileSync(urlFile, 'utf8');
}

/** Worker threads of one run share the process id, and so the server. */
function testDir(): string {
  return path.join(os.tmpdir(), `machikado-test-postgres-${process.pid}`);
}

function startHolder(dir: string): void {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const program = fileURLToPath(new URL('./test-server.ts', import.meta.url));
  const log = openSync(path.join(dir, 'holder.log'), 'w', 0o600);
  spawn(process.execPath, ['--import', loader, program, dir, String(process.pid)], {
    stdio: ['ignore', log, log],
    detached: true,
  }).unref();
  closeSync(log);
}

/** The name follows from the content, so files that changed get another template. */
async function ensureTemplate(adminUrl: string, dirUrl: URL, schemas: readonly string[]): Promise<string> {
  const content = readMigrations(dirUrl).map((file) => `${file.name} ${file.sha256}`);
  const digest = createHash('sha256')
    .update(JSON.stringify([content, schemas]))
    .digest('hex');
  const database = `template_${digest.slice(0, 24)}`;
  const { ownerUrl, appRole } = await ensureDatabase(adminUrl, {
    ...{ database, ownerPassword: PASSWORD, appPassword: PASSWORD },
  });
  const ownerDb = openDatabase(ownerUrl, { max: 1 });
  try {
    for (const schema of schemas) await migrate(ownerDb, dirUrl, { appRole, schema });
  } finally {
    await ownerDb.close();
  }
  return database;
}

function claimFolder(dir: string): boolean {
  for (;;) {
    try {
      mkdirSync(dir, { mode: 0o755 });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    if (!isOlderThanThisProcess(dir)) return false;
    // Left by a run that had the same process id before the machine or container started again.
    const away = `${dir}.${randomBytes(4).toString('hex')}`;
    renameSync(dir, away);
    rmSync(away, { recursive: true, force: true });
  }
}

function isOlderThanThisProcess(dir: string): boolean {
  return statSync(dir).mtimeMs < Date.now() - process.uptime() * 1000 - 1000;
}
