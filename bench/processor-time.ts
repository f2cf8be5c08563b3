/** 計算時間: time of a core that processes have spent, by Linux’s own books, whose clock ticks in hundredths of a second. Other programs on the machine disturb it less than the clock on the wall. */
import { readdirSync, readFileSync } from 'node:fs';

const TICK_MS = 10;

/** Of one process with its threads and of all below it, also those that have ended. */
export function processorMsOf(pid: number): number {
  return treeOf(pid).reduce((sum, one) => sum + ticksIn(fileOf(one, 'stat')) * TICK_MS, 0);
}

/** Of this process and all below it; its own part counts finer than in ticks. */
export function ownProcessorMs(): number {
  const { user, system } = process.cpuUsage();
  return (
    (user + system) / 1_000 +
    endedMs() +
    treeOf(process.pid)
      .slice(1)
      .reduce((sum, one) => sum + ticksIn(fileOf(one, 'stat')) * TICK_MS, 0)
  );
}

/** Resident; 0 when the process is gone. */
export function memoryMbOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(fileOf(pid, 'status'))?.[1] ?? 0) / 1_024;
}

/** The process itself first. */
export function treeOf(pid: number): number[] {
  const children = threadsOf(pid).flatMap((thread) => fileOf(pid, `task/${thread}/children`).trim().split(' '));
  return [pid, ...children.filter(Boolean).flatMap((child) => treeOf(Number(child)))];
}

/** None when the process is gone. */
function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** utime, stime, cutime, cstime. */
const ticksIn = (stat: string): number => timesIn(stat).reduce((sum, ticks) => sum + ticks, 0);
const endedMs = (): number =>
  timesIn(fileOf(process.pid, 'stat'))
    .slice(2)
    .reduce((sum, ticks) => sum + ticks * TICK_MS, 0);

function timesIn(stat: string): number[] {
  return stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15)
    .map(Number);
}

/** Empty when the process is gone. */
function fileOf(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
