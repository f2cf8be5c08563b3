/** A process that runs trials, sheet by sheet, as `runTrials` hands them to it. */
import sharp from 'sharp';
import type { TreatedSheet } from './treated-sheets.ts';
import { runTrial, type Trial } from './trial.ts';

export interface SheetTrials {
  readonly sheet: TreatedSheet;
  readonly trials: readonly Trial[];
}

sharp.cache(false);
sharp.concurrency(1);

process.on('message', async ({ sheet, trials }: SheetTrials) => {
  for (const trial of trials) process.send?.(await runTrial(sheet, trial));
  process.send?.('done');
});
process.on('disconnect', () => process.exit(0));
