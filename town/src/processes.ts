/** Services as child processes: each with its own log file, ready when it says so, ended in the reverse order of their start. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Only against a program that hangs: one that cannot start ends by itself, and a busy machine takes its time. */
const READY_MS = 300_000;
const GRACE_MS = 20_000;

export interface Service {
  readonly name: string;
  readonly process: ChildProcess;
  /** What it said when it was ready. */
  readonly ready: Readonly<Record<string, unknown>>;
  readonly logFile: string;
  stop(): Promise<void>;
}

/**
 * Starts `node <module> …`, a source with the help of tsx, and waits for its word: an IPC message, or one line of JSON with `event: ready`.
 * `nodeArgs` stand before the module.
 */
export async function startService(
  name: string,
  module: string,
  args: readonly string[],
  logDir: string,
  nodeArgs: readonly string[] = [],
): Promise<Service> {
  mkdirSync(logDir, { recursive: true });
  const logFile = join(logDir, `${name}.log`);
  // At once: a file that cannot be opened fails the start, and not whatever runs later.
  const log = createWriteStream(logFile, { fd: openSync(logFile, 'a', 0o600) });
  const loader = module.endsWith('.ts') ? ['--import', 'tsx'] : [];
  const child = spawn(process.execPath, [...loader, ...nodeArgs, join(root, module), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Ctrl-C goes to the town alone, which ends its services in order.
    detached: true,
  });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  const ready = await waitUntilReady(child, name, logFile);
  return { name, process: child, ready, logFile, stop: () => stop(child) };
}

function waitUntilReady(child: ChildProcess, name: string, logFile: string): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    // What it says now: the file holds earlier starts too, which would lead astray.
    let [told, complaints] = ['', ''];
    const fail = (why: string) => {
      settle();
      const tail = (told + complaints).trimEnd().split('\n').slice(-12).join('\n');
      reject(new Error(`${name} ${why}; its log: ${logFile}\n${tail || '(nothing since this start)'}`));
    };
    const said = (message: unknown) => {
      settle();
      resolve(message as Record<string, unknown>);
    };
    const hear = (chunk: string) => {
      told = (told + chunk).slice(-65_536);
      for (const line of told.split('\n')) if (line.includes('"event":"ready"')) said(JSON.parse(line));
    };
    const hearComplaint = (chunk: string) => {
      complaints = (complaints + chunk).slice(-65_536);
    };
    const ended = (code: number | null) => fail(`ended with ${code} before it was ready`);
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail(`was not ready after ${READY_MS / 1000} s`);
    }, READY_MS);
    const settle = () => {
      clearTimeout(timer);
      child.off('close', ended).off('message', said);
      child.stdout?.off('data', hear);
      child.stderr?.off('data', hearComplaint);
    };
    child.on('message', said);
    child.stdout?.setEncoding('utf8').on('data', hear);
    child.stderr?.setEncoding('utf8').on('data', hearComplaint);
    // Not `exit`: by now its last words have been read.
    child.once('close', ended);
  });
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
