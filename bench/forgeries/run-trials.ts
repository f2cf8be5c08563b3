/** Hands trials to processes, all those of a document together: it is typeset and drawn once. */
import { fork } from 'node:child_process';
import { grouped } from './grouped.ts';
import type { Trial } from './plan.ts';
import type { TrialResult } from './trial.ts';

export async function runTrials(
  trials: readonly Trial[],
  {
    processes,
    keepIn = '',
    scans = '',
  }: { readonly processes: number; readonly keepIn?: string | undefined; readonly scans?: string | undefined },
  onResult: (result: TrialResult) => void,
): Promise<TrialResult[]> {
  const waiting = [...grouped(trials, batchOf).values()];
  const results: TrialResult[] = [];
  const work = () =>
    new Promise<void>((resolve, reject) => {
      const child = fork(new URL('./trial-process.ts', import.meta.url), [keepIn, scans], {
        serialization: 'advanced',
      });
      const hand = () => {
        const batch = waiting.shift();
        if (batch) child.send(batch);
        else child.disconnect();
      };
      child.on('message', (message: TrialResult | 'done') => {
        if (message === 'done') return hand();
        results.push(message);
        onResult(message);
      });
      child.on('error', reject);
      child.on('exit', (code) =>
        code === 0 ? resolve() : reject(new Error(`a process of trials ended with ${code}`)),
      );
      hand();
    });
  await Promise.all(Array.from({ length: Math.min(processes, waiting.length) }, work));
  return results;
}

/** Grey and colour are drawn apart. */
function batchOf({ document, copyWarning, row, name, inColour }: Trial): string {
  return row === 'honest' ? `${document} ${copyWarning} ${inColour}` : name;
}
