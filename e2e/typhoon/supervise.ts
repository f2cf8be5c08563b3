/** What a supervisor does (systemd, Kubernetes): whoever is gone is started again until it is up. */
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Killable } from '../kill/killable-service.ts';

const ATTEMPTS = 20;
const WATCH_EVERY_MS = 500;

/** Without its database a program does not come up; then it is tried again. */
export async function revive(program: Killable): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await program.revive();
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await sleep(500);
    }
  }
}

export interface Watch {
  /** Who ended without being killed, with the last lines of the log. */
  readonly deaths: readonly string[];
  stop(): Promise<void>;
}

/** Starts again who ended by itself, and takes it down: that is a fault of the program. */
export function watchDeaths(
  programs: readonly Watched[],
  isBefallen: (name: string) => boolean,
  logDir: string,
): Watch {
  const deaths: string[] = [];
  const over = new AbortController();
  const watching = (async () => {
    while (!over.signal.aborted) {
      await sleep(WATCH_EVERY_MS, undefined, { signal: over.signal }).catch(() => undefined);
      for (const program of programs) {
        const { exitCode, signalCode } = program.child();
        if ((exitCode === null && signalCode === null) || isBefallen(program.name)) continue;
        deaths.push(
          `${program.name} ended with ${exitCode ?? signalCode}\n${lastLines(join(logDir, `${program.name}.log`))}`,
        );
        await revive(program);
      }
    }
  })();
  return {
    deaths,
    async stop() {
      over.abort();
      await watching;
    },
  };
}

interface Watched extends Killable {
  readonly name: string;
  child(): ChildProcess;
}

function lastLines(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-4).join('\n') : '';
}
