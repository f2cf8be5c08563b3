/** Hands trials to processes, all those of a sheet together: it is drawn once. */
import { fork } from 'node:child_process';
import type { TreatedSheet } from './treated-sheets.ts';
import type { Trial, TrialResult } from './trial.ts';
import type { SheetTrials } from './trial-process.ts';

export interface PlannedTrial extends Trial {
  readonly sheet: TreatedSheet;
  /** Row of the table. */
  readonly row: string;
}

export interface FinishedTrial extends TrialResult {
  readonly row: string;
}

export async function runTrials(
  planned: readonly PlannedTrial[],
  processes: number,
  onFinished: (result: FinishedTrial) => void,
): Promise<FinishedTrial[]> {
  const waiting = [...new Set(planned.map(({ sheet }) => sheet))].map((sheet) => ({
    sheet,
    trials: planned.filter((trial) => trial.sheet === sheet).map(({ sheet: _, ...trial }) => trial),
  }));
  const results: FinishedTrial[] = [];
  await Promise.all(
    Array.from({ length: Math.min(processes, waiting.length) }, () =>
      work(
        () => waiting.shift(),
        (result) => {
          results.push(result);
          onFinished(result);
        },
      ),
    ),
  );
  return results;
}

interface PlannedSheet extends SheetTrials {
  readonly trials: readonly (Trial & { readonly row: string })[];
}

function work(next: () => PlannedSheet | undefined, onFinished: (result: FinishedTrial) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL('./trial-process.ts', import.meta.url), { serialization: 'advanced' });
    let rows: string[] = [];
    const hand = () => {
      const sheet = next();
      if (!sheet) return child.disconnect();
      rows = sheet.trials.map(({ row }) => row);
      child.send(sheet);
    };
    child.on('message', (message: TrialResult | 'done') => {
      if (message === 'done') hand();
      else onFinished({ ...message, row: rows.shift() ?? '' });
    });
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a trial process ended with ${code}`))));
    hand();
  });
}
