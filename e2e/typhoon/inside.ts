/**
 * Loaded into the real programs before they begin (`--import`): moves the clock that the program sees, and tells what it holds.
 * Timers, TLS and PostgreSQL keep the true time, as they do when somebody sets the clock of a machine.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** By IPC, from whoever started the program. */
export type Told = { readonly storm: 'clock'; readonly offsetMs: number } | { readonly storm: 'report' };

export interface Inside {
  readonly storm: 'inside';
  /** After a collection of garbage. */
  readonly heapMb: number;
  readonly timers: number;
}

const TrueDate = Date;
let offsetMs = 0;

class MovedDate extends TrueDate {
  constructor(...given: [] | [number | string | Date]) {
    super(...((given.length === 0 ? [TrueDate.now() + offsetMs] : given) as [number]));
  }
  static override now(): number {
    return TrueDate.now() + offsetMs;
  }
}

globalThis.Date = MovedDate as DateConstructor;
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

process.on('message', (told: Told) => {
  if (told?.storm === 'clock') offsetMs = told.offsetMs;
  if (told?.storm !== 'report') return;
  collect();
  const timers = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  const inside: Inside = { storm: 'inside', heapMb: process.memoryUsage().heapUsed / 2 ** 20, timers };
  process.send?.(inside);
});
// To listen must not keep a program alive.
process.channel?.unref();
