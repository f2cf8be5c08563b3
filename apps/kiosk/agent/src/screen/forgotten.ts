/**
 * 取り忘れ: as long as something of the resident’s lies there, the voice calls again and again. After a while staff are told; the
 * machine itself never gives up, because nobody else may find it.
 */
import type { Clock } from '../ports.ts';

export type Forgotten = 'card-forgotten' | 'paper-forgotten' | 'money-forgotten';

export interface Reminder {
  readonly clock: Clock;
  readonly lookMs: number;
  readonly remindMs: number;
  readonly alarmMs: number;
}

/** Calls until `isTaken`; `call` is told how often it called before. */
export async function callUntilTaken(
  isTaken: () => Promise<boolean> | boolean,
  { call, alarm }: { call(times: number): void; alarm(): void },
  { clock, lookMs, remindMs, alarmMs }: Reminder,
  signal: AbortSignal,
): Promise<void> {
  const began = clock.now().getTime();
  let calls = 0;
  let alarmed = false;
  while (!(await isTaken())) {
    const passedMs = clock.now().getTime() - began;
    if (passedMs >= calls * remindMs) {
      call(calls);
      calls += 1;
    }
    if (!alarmed && passedMs >= alarmMs) {
      alarm();
      alarmed = true;
    }
    await clock.sleep(lookMs, signal);
  }
}
