/** One start at a time on one folder, over processes: a file that names the process, void once that process is gone. */
import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning } from './postmaster.ts';

const WAIT_MS = 60_000;
const POLL_MS = 50;

export async function withStartLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  for (let waitedMs = 0; !tryLock(file); waitedMs += POLL_MS) {
    if (waitedMs >= WAIT_MS) throw new Error(`another process is starting on ${file}`);
    await sleep(POLL_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** Written first and linked into place then, so that nobody ever reads a lock without its owner. */
function tryLock(file: string): boolean {
  const mine = `${file}.${randomUUID()}`;
  writeFileSync(mine, String(process.pid));
  try {
    linkSync(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (!isRunning(ownerOf(file))) rmSync(file, { force: true });
    return false;
  } finally {
    rmSync(mine, { force: true });
  }
}

function ownerOf(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return process.pid;
  }
}
