/** Services as child processes: each with its own log file, ready when it says so, ended in the reverse order of their start. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const READY_MS = 60_000;
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
  const log = createWriteStream(logFile, { flags: 'a', mode: 0o600 });
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
    const fail = (why: string) => reject(new Error(`${name} ${why}; its log: ${logFile}\n${tailOf(logFile)}`));
    const timer = setTimeout(() => fail(`was not ready after ${READY_MS / 1000} s`), READY_MS);
    child.once('exit', (code) => fail(`ended with ${code} before it was ready`));
    const said = (message: unknown) => {
      clearTimeout(timer);
      child.removeAllListeners('exit');
      resolve(message as Record<string, unknown>);
    };
    child.on('message', said);
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text = (text + chunk).slice(-65_536);
      for (const line of text.split('\n')) if (line.includes('"event":"ready"')) said(JSON.parse(line));
    });
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

function tailOf(logFile: string): string {
  return readFileSync(logFile, 'utf8').split('\n').slice(-12).join('\n');
}
