/** Signals to a process and everything that it started, by their ids. Reads /proc, so it needs Linux. */
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { constants } from 'node:os';

/** The process, its children and theirs, the eldest first. */
export function familyOf(pid: number): readonly number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), parentOf(Number(name))] as const);
  const family = [pid];
  // It grows while it is walked.
  for (const elder of family) family.push(...parents.flatMap(([one, parent]) => (parent === elder ? [one] : [])));
  return family;
}

/** A signal ends this program by way of 'exit', where it lets go of everything. */
export function exitOnSignals(): void {
  for (const name of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const)
    process.once(name, () => process.exit(128 + constants.signals[name]));
}

/**
 * Whatever ends this program: nobody else would end what it started, least of all what stands still or has just come up. PostgreSQL is asked to
 * quit, so that it gives its shared memory back.
 */
export function endWhatWasStarted(): void {
  if (!existsSync('/proc/self/stat')) return;
  const [, ...started] = familyOf(process.pid);
  const databases = started.filter((pid) => nameOf(pid) === 'postgres');
  signal(databases, 'SIGQUIT');
  signal(databases, 'SIGCONT');
  signal(
    started.filter((pid) => !databases.includes(pid)),
    'SIGKILL',
  );
}

/** To those that still live. */
export function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids)
    try {
      process.kill(pid, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
}

/** A zombie that nobody has collected yet runs no more. */
export function isRunning(pid: number): boolean {
  const state = statOf(pid)?.[0];
  return state !== undefined && state !== 'Z';
}

export interface Handles {
  readonly descriptors: number;
  readonly sockets: number;
  readonly residentMb: number;
}

export function handlesOf(pid: number): Handles {
  const open = readdirSync(`/proc/${pid}/fd`).map((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`);
    } catch {
      // The one by which the folder itself was read.
      return '';
    }
  });
  const kb = Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN);
  return {
    descriptors: open.length,
    sockets: open.filter((target) => target.startsWith('socket:')).length,
    residentMb: kb / 1024,
  };
}

function parentOf(pid: number): number {
  return Number(statOf(pid)?.[1] ?? 0);
}

function nameOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** From the state on; before it stands the name, which may hold anything. */
function statOf(pid: number): readonly string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
  } catch {
    return undefined;
  }
}
