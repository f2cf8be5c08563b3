/**
 * Processes of one use: some wait, started and with their keys; one upload each, then they end. A fixed number work at the same time, the others wait
 * in line, and where the line is full the site says so. One that takes too long, or too much memory, is killed.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Log } from '@machikado/server';
import type { EngineKeys } from '../examination/paper-engine.ts';
import type { FromProcess, ToProcess } from '../examination/process.ts';
import type { Examined, Examiner, Refused, Upload } from '../ports.ts';

export interface ProcessLimits {
  readonly atOnce: number;
  readonly waiting: number;
  readonly workMs: number;
  readonly workBytes: number;
}

export interface ExaminingProcesses extends Examiner {
  /** The first of them is ready. */
  warm(): Promise<void>;
  close(): Promise<void>;
}

const PROGRAM = fileURLToPath(new URL('../examination/process.ts', import.meta.url));
/** Only against one that hangs: a busy machine takes its time. */
const START_MS = 120_000;
const WATCH_MS = 100;
/** Nobody looks at a page that has been waiting for longer. */
const WAIT_MS = 120_000;

export function examiningProcesses(
  keys: EngineKeys,
  { atOnce, waiting, workMs, workBytes }: ProcessLimits,
  log: Log,
  program = PROGRAM,
): ExaminingProcesses {
  const idle: Promise<ChildProcess | undefined>[] = [];
  const line: (() => void)[] = [];
  const alive = new Set<ChildProcess>();
  let working = 0;
  let closing = false;

  function start(): Promise<ChildProcess | undefined> {
    const child = fork(program, {
      execArgv: ['--import', 'tsx'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: {
        NODE_ENV: 'production',
        ...(process.env.TMPDIR && { TMPDIR: process.env.TMPDIR }),
        // libvips would put what is larger than this into a temporary file.
        VIPS_DISC_THRESHOLD: '1t',
      },
    });
    alive.add(child);
    child.once('exit', () => alive.delete(child));
    child.on('error', () => undefined);
    return new Promise((resolve) => {
      const timer = setTimeout(() => child.kill('SIGKILL'), START_MS).unref();
      child.once('message', () => {
        clearTimeout(timer);
        child.removeAllListeners('exit').once('exit', () => alive.delete(child));
        resolve(child);
      });
      child.once('exit', () => {
        clearTimeout(timer);
        resolve(undefined);
      });
      child.send({ keys } satisfies ToProcess, () => undefined);
    });
  }

  function fill(): void {
    while (!closing && idle.length < atOnce) idle.push(start());
  }

  /** One that ended while it waited is passed over. */
  async function next(): Promise<ChildProcess | undefined> {
    while (idle.length > 0) {
      const child = await idle.shift();
      if (child && alive.has(child)) return child;
    }
    return start();
  }

  async function work(upload: Upload, signal: AbortSignal): Promise<Examined | Refused> {
    const child = await next();
    if (!child) {
      log.alarm('examiner-not-started');
      return { refused: 'INTERNAL' };
    }
    return new Promise((resolve) => {
      const end = (answer: Examined | Refused) => {
        clearTimeout(timer);
        clearInterval(watch);
        signal.removeEventListener('abort', giveUp);
        child.off('exit', crashed).kill('SIGKILL');
        resolve(answer);
      };
      // A decoder of pictures that fell over did so because of the file.
      const crashed = (_code: number | null, killedBy: string | null) => {
        log.warning('examiner-crashed', { signal: killedBy ?? undefined });
        end({ refused: 'FILE_BROKEN' });
      };
      const giveUp = () => end({ refused: 'TOO_SLOW' });
      const timer = setTimeout(giveUp, workMs);
      const watch = setInterval(() => {
        if (residentBytes(child.pid) > workBytes) giveUp();
      }, WATCH_MS);
      signal.addEventListener('abort', giveUp, { once: true });
      child.once('message', (message: FromProcess) => {
        if ('done' in message) return end(message.done);
        log.alarm('examiner-fault', { errorName: 'fault' in message ? message.fault : 'unexpected' });
        return end({ refused: 'INTERNAL' });
      });
      child.once('exit', crashed);
      if (signal.aborted) return giveUp();
      child.send({ job: upload } satisfies ToProcess, () => undefined);
    });
  }

  /** undefined: no place, and none in the line. The returned function gives the place to the next. */
  function takePlace(signal: AbortSignal): Promise<(() => void) | undefined> {
    const giveBack = () => {
      const next = line.shift();
      if (next) next();
      else working -= 1;
    };
    if (working < atOnce) {
      working += 1;
      return Promise.resolve(giveBack);
    }
    if (closing || line.length >= waiting) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const mine = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', leave);
        resolve(giveBack);
      };
      const leave = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', leave);
        line.splice(line.indexOf(mine), 1);
        resolve(undefined);
      };
      const timer = setTimeout(leave, WAIT_MS);
      signal.addEventListener('abort', leave, { once: true });
      line.push(mine);
    });
  }

  return {
    async warm() {
      fill();
      if (!(await idle[0])) throw new Error('no examining process could be started');
    },
    async examine(upload, signal) {
      const giveBack = await takePlace(signal);
      if (!giveBack) return { refused: 'BUSY' };
      try {
        return await work(upload, signal);
      } finally {
        giveBack();
        fill();
      }
    },
    async close() {
      closing = true;
      for (const child of alive) child.kill('SIGKILL');
      await Promise.all(idle);
    },
  };
}

/** Where the system tells (Linux). */
function residentBytes(pid: number | undefined): number {
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]);
    return pages * 4096;
  } catch {
    return 0;
  }
}
