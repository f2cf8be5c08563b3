/**
 * 電源: the mains of the kiosk. Power on starts the agent, a power cut kills it at once, as a real one would. It is killed with
 * whatever it started (its own process group), and it ends by itself when the workbench is gone.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { KioskView, Power } from './bench-state.ts';

export interface Mains {
  view(): KioskView;
  on(): void;
  /** Resolves when the agent is really gone. */
  cut(): Promise<void>;
  /** An orderly end. */
  close(): Promise<void>;
}

export interface MainsOptions {
  readonly command: readonly string[];
  readonly configFile: string;
  readonly screenUrlFile: string;
  readonly logFile: string;
  /** The only origin that a screen may have. */
  readonly screenOrigin: string;
  readonly changed: () => void;
}

const LOOK_MS = 100;
const GRACE_MS = 8_000;

export function openMains({ command, configFile, screenUrlFile, logFile, screenOrigin, changed }: MainsOptions): Mains {
  let agent: { readonly child: ChildProcess; readonly gone: Promise<void> } | undefined;
  let power: Power = 'off';
  let screenUrl: string | null = null;
  const become = (next: Power, url: string | null = null) => {
    power = next;
    screenUrl = url;
    changed();
  };

  const start = () => {
    // What an agent that is gone has left there leads nowhere.
    rmSync(screenUrlFile, { force: true });
    mkdirSync(dirname(logFile), { recursive: true });
    const log = openSync(logFile, 'a', 0o600);
    const [program = process.execPath, ...args] = command;
    const child = spawn(program, [...args, '--config', configFile], {
      stdio: ['ignore', log, log, 'ipc'],
      detached: true,
    });
    closeSync(log);
    let over = () => {};
    const gone = new Promise<void>((resolve) => {
      over = resolve;
    });
    const started = { child, gone };
    agent = started;
    const look = setInterval(() => {
      const url = readUrl(screenUrlFile, screenOrigin);
      if (!url) return;
      clearInterval(look);
      become('on', url);
    }, LOOK_MS);
    const ended = () => {
      clearInterval(look);
      over();
      if (agent !== started) return;
      agent = undefined;
      become('failed');
    };
    child.once('exit', ended).once('error', ended);
    become('starting');
  };

  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    const ending = agent;
    agent = undefined;
    become('off');
    if (!ending) return;
    killGroup(ending.child, signal);
    const patience = setTimeout(() => killGroup(ending.child, 'SIGKILL'), GRACE_MS);
    await ending.gone;
    clearTimeout(patience);
  };

  return {
    view: () => ({ power, screenUrl }),
    on() {
      if (!agent) start();
    },
    cut: () => end('SIGKILL'),
    close: () => end('SIGTERM'),
  };
}

function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It ended before.
  }
}

/** Not yet there, half written, or of somebody else: none. */
function readUrl(file: string, origin: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8').trim();
    return new URL(text).origin === origin ? text : undefined;
  } catch {
    return undefined;
  }
}
