/**
 * Migrations are plain .sql files, applied in the order of their names by the owner role. A file that was applied is never
 * edited: its SHA-256 is kept, and another content stops the start. Any number of processes may start at once.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, identifier, type Sql } from './sql.ts';

export interface MigrateOptions {
  /** `:app_role` in the files becomes this role; each file grants what the app may do (append-only tables: insert, select). */
  readonly appRole: string;
  /** One schema per municipality; default `public`. */
  readonly schema?: string;
}

export interface MigrationFile {
  readonly name: string;
  readonly text: string;
  readonly sha256: string;
}

const LOCK = 'machikado migrations';
const LOCK_POLL_MS = 50;
const LOCK_WAIT_MS = 60_000;

/** Returns the names of the files applied now. All of them stand, or none. */
export async function migrate(ownerDb: Database, dirUrl: URL, options: MigrateOptions): Promise<string[]> {
  const files = readMigrations(dirUrl);
  const { appRole, schema = 'public' } = options;
  for (let waitedMs = 0; waitedMs < LOCK_WAIT_MS; waitedMs += LOCK_POLL_MS) {
    const applied = await ownerDb.transaction(async (tx) => {
      // Asked for again and again rather than waited for: a wait would run into the statement timeout.
      const { mine } = await tx.one<{ mine: boolean }>('select pg_try_advisory_xact_lock(hashtext($1)) as mine', [
        LOCK,
      ]);
      return mine ? applyAll(tx, files, schema, appRole) : undefined;
    });
    if (applied) return applied;
    await sleep(LOCK_POLL_MS);
  }
  throw new Error('another process holds the migration lock');
}

export function readMigrations(dirUrl: URL): MigrationFile[] {
  const names = readdirSync(dirUrl).filter((name) => name.endsWith('.sql'));
  return names.sort().map((name) => {
    const text = readFileSync(new URL(name, withSlash(dirUrl)), 'utf8');
    return { name, text, sha256: createHash('sha256').update(text).digest('hex') };
  });
}

async function applyAll(tx: Sql, files: readonly MigrationFile[], schema: string, appRole: string): Promise<string[]> {
  if (schema !== 'public') await tx.run(`create schema if not exists ${identifier(schema)}`);
  await tx.run(`grant usage on schema ${identifier(schema)} to ${identifier(appRole)}`);
  await tx.run(`set local search_path to ${identifier(schema)}`);
  await tx.run(
    'create table if not exists schema_migrations (file text primary key, sha256 text not null, applied_at timestamptz not null default now())',
  );
  const known = await tx.query<{ file: string; sha256: string }>('select file, sha256 from schema_migrations');
  refuseChangedHistory(known, files);
  const fresh = files.slice(known.length);
  for (const file of fresh) {
    await tx.run(file.text.replaceAll(':app_role', identifier(appRole)));
    await tx.run('insert into schema_migrations (file, sha256) values ($1, $2)', [file.name, file.sha256]);
  }
  return fresh.map((file) => file.name);
}

/** What was applied must be exactly the first files, unedited: nothing changed, nothing gone, nothing slipped in between. */
function refuseChangedHistory(
  known: readonly { file: string; sha256: string }[],
  files: readonly MigrationFile[],
): void {
  const applied = [...known].sort((a, b) => (a.file < b.file ? -1 : 1));
  for (const [i, { file, sha256 }] of applied.entries()) {
    if (files[i]?.name !== file)
      throw new Error(`migration ${file} was applied, but is missing or no longer in its place`);
    if (files[i].sha256 !== sha256)
      throw new Error(`migration ${file} was applied and then edited; add a new file instead`);
  }
}

function withSlash(url: URL): URL {
  return url.href.endsWith('/') ? url : new URL(`${url.href}/`);
}
