/** A process that runs trials one after the other, as `runTrials` hands them to it. */
import { keepEvidence } from './keep-evidence.ts';
import { scansIn } from './keep-scans.ts';
import type { Trial } from './plan.ts';
import { isSuspect } from './rates.ts';
import { openBench } from './trial.ts';
import { openWorkshop } from './workshop.ts';

const [keepIn, scans] = process.argv.slice(2);
const workshop = openWorkshop();
const bench = openBench(workshop, scans ? scansIn(scans) : undefined);

process.on('message', async (trials: readonly Trial[]) => {
  for (const trial of trials) {
    const { result, evidence } = await bench.run(trial);
    if (keepIn && isSuspect(result)) await keepEvidence(keepIn, result, evidence);
    process.send?.(result);
  }
  process.send?.('done');
});
process.on('disconnect', async () => {
  await workshop.close();
  process.exit(0);
});
