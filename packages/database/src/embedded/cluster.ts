/** Makes a data folder (initdb) in one step that either happened or did not, with a generated superuser password. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { PostgresBinaries } from './binaries.ts';
import type { Identity } from './unprivileged.ts';

export interface Cluster {
  readonly dataDir: string;
  readonly password: string;
}

export function ensureCluster(dir: string, binaries: PostgresBinaries, who: Identity | undefined): Cluster {
  const dataDir = path.join(dir, 'data');
  const password = ensurePassword(path.join(dir, 'password'));
  if (existsSync(dataDir)) return { dataDir, password };
  const unfinished = path.join(dir, 'data.new');
  rmSync(unfinished, { recursive: true, force: true });
  runInitdb(unfinished, password, binaries, who);
  renameSync(unfinished, dataDir);
  return { dataDir, password };
}

/** The password asks even on loopback: other users of the machine can reach the port too. */
function ensurePassword(file: string): string {
  if (!existsSync(file)) {
    writeFileSync(`${file}.new`, randomBytes(24).toString('base64url'), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  return readFileSync(file, 'utf8');
}

function runInitdb(dataDir: string, password: string, binaries: PostgresBinaries, who: Identity | undefined): void {
  // initdb makes the folder itself, but `nobody` may not write where we are; an empty folder that is his will do.
  const passwordFile = `${dataDir}.password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (who) chownSync(passwordFile, who.uid, who.gid);
  makeDataDir(dataDir, who);
  try {
    const result = spawnSync(
      binaries.initdb,
      [
        ...['--pgdata', dataDir, '--username', 'postgres', '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
        // Built-in C.UTF-8: the order of rows depends neither on the locales nor on the ICU of a machine.
        ...['--encoding', 'UTF8', '--locale-provider', 'builtin', '--locale', 'C.UTF-8'],
      ],
      { ...who, encoding: 'utf8', cwd: path.dirname(dataDir) },
    );
    if (result.error) throw result.error;
    if (result.status !== 0) throw new Error(`initdb failed: ${result.stderr.trim()}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function makeDataDir(dataDir: string, who: Identity | undefined): void {
  mkdirSync(dataDir, { mode: 0o700 });
  if (who) chownSync(dataDir, who.uid, who.gid);
}
