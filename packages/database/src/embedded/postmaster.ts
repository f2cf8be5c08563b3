/**
 * What is known about a running server from its `postmaster.pid`. A killed program leaves its PostgreSQL running: the next
 * start takes it over or stops it, rather than failing on the lock file.
 */
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/** The server that runs on this data folder. A file left behind by a crash is taken away. */
export function findPostmaster(dataDir: string): Postmaster | undefined {
  const lines = readPidFile(dataDir);
  if (!lines) return undefined;
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (isPostgres(pid)) return { pid, port };
  // Inside a container process ids begin at 1 again, so the old id can belong to anything.
  rmSync(path.join(dataDir, 'postmaster.pid'), { force: true });
  return undefined;
}

/**
 * Fast shutdown (SIGINT), then immediate (SIGQUIT); both leave data that the next start recovers. A server takes its pid file away
 * a little before it ends, so its process alone says when it is gone.
 */
export async function stopPostmaster(pid: number): Promise<void> {
  for (const [signal, waitMs] of [
    ['SIGINT', 10_000],
    ['SIGQUIT', 5_000],
  ] as const) {
    if (!isPostgres(pid)) return;
    sendSignal(pid, signal);
    if (await waitUntil(() => !isRunning(pid), waitMs)) return;
  }
  throw new Error(`the embedded PostgreSQL (pid ${pid}) does not stop`);
}

export function isRunning(pid: number): boolean {
  // A zombie that nobody has collected yet answers signals but runs no more. Its state is read first: read afterwards, the state
  // of a process that has just gone would be missing like that of a system without /proc.
  if (procFile(pid, 'stat')?.replace(/^.*\)/s, '').trim()[0] === 'Z') return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

export async function waitUntil(holds: () => boolean, limitMs: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < limitMs; waitedMs += 20) {
    if (holds()) return true;
    await sleep(20);
  }
  return holds();
}

function isPostgres(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || !isRunning(pid)) return false;
  const command = procFile(pid, 'cmdline');
  return command === undefined || command.includes('postgres');
}

function readPidFile(dataDir: string): string[] | undefined {
  try {
    return readFileSync(path.join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return undefined;
  }
}

function procFile(pid: number, name: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return undefined;
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
